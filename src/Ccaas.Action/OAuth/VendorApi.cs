namespace Ccaas.Action.OAuth;

/// <summary>The vendor's API, once it is known.</summary>
/// <param name="Base">Its base address; null where nothing tells.</param>
/// <param name="Region">The region it is in; empty where there is none.</param>
internal sealed record VendorApi(Uri? Base, string Region)
{
    /// <summary>The base address without a slash at its end, as people append paths that begin with one; empty when it is not known.</summary>
    public string Shown => Base?.GetLeftPart(UriPartial.Path).TrimEnd('/') ?? "";

    /// <exception cref="InvalidOperationException">The base is not known.</exception>
    public Uri Below(string path) => Base is null ? throw new InvalidOperationException("The API's address is not known.") : new Uri($"{Shown}/{path}");
}
