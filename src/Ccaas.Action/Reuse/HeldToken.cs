using Ccaas.Action.OAuth;

namespace Ccaas.Action.Reuse;

/// <summary>A token and all that was found out with it, so that whoever gets it later asks nobody.</summary>
/// <param name="Issued">The token; its number of attempts is zero when it was not issued to this process.</param>
/// <param name="Api">Where it is good for something.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record HeldToken(IssuedToken Issued, VendorApi Api, TokenSource Source);
