namespace Ccaas.Sandbox.OAuth;

/// <summary>What an endpoint expects of the form that a client posts to it. What is not named here is refused.</summary>
internal sealed record FormRules
{
    /// <summary>The one grant type that it knows; null for an endpoint that issues no token.</summary>
    public string? GrantType { get; init; }

    /// <summary>Fields that come exactly once, besides <c>grant_type</c>.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Fields that come once or not at all, besides those of the client authentication.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Fields that may come any number of times.</summary>
    public IReadOnlyList<string> Repeatable { get; init; } = [];

    /// <summary>Fields that nobody named may come too, once each.</summary>
    public bool AcceptsOthers { get; init; }

    /// <summary>How the client may authenticate; the fields of each way are allowed with it.</summary>
    public required ClientMethods Methods { get; init; }

    /// <summary>This vendor reads id and secret of a Basic header as they are, whatever RFC 6749 section 2.3.1 says.</summary>
    public bool RawBasic { get; init; }

    /// <summary>Paths of the addresses that an assertion may be meant for.</summary>
    public IReadOnlyList<string> AudiencePaths { get; init; } = [];

    public IEnumerable<string> AllRequired => GrantType is null ? Required : Required.Prepend("grant_type");

    public IEnumerable<string> AllOptional =>
    [
        .. Optional,
        .. FieldsOf(ClientMethods.Post, "client_id", "client_secret"),
        .. FieldsOf(ClientMethods.PrivateKeyJwt, "client_id", "client_assertion_type", "client_assertion"),
        .. FieldsOf(ClientMethods.Tls, "client_id"),
    ];

    private string[] FieldsOf(ClientMethods method, params string[] fields) => Methods.HasFlag(method) ? fields : [];
}
