namespace Ccaas.Action.OAuth;

/// <summary>Everything that a run does, decided before the first request.</summary>
/// <param name="Plan">The provider's plan.</param>
/// <param name="Http">Network settings.</param>
/// <param name="Organization">Whether to check the organization, and which are allowed.</param>
/// <param name="Export">The environment variables for later steps.</param>
/// <param name="MinimumValidity">A token that is valid for less is a warning.</param>
internal sealed record TokenRequest(
    TokenPlan Plan,
    HttpSettings Http,
    OrganizationPolicy Organization,
    Export Export,
    TimeSpan MinimumValidity)
{
    /// <summary>The token is revoked when the job ends.</summary>
    public bool Revoke { get; init; }

    /// <summary>The executable is installed for later steps.</summary>
    public bool Install { get; init; }

    /// <summary>Which cached tokens may be reused.</summary>
    public ReusePolicy Reuse { get; init; } = ReusePolicy.None;

    /// <summary>False if the job has only a sealed token.</summary>
    public bool HasCredentials { get; init; } = true;

    /// <summary>Every secret of the credentials, in a fixed order. Empty without credentials.</summary>
    public IEnumerable<Secret> Secrets => (HasCredentials, Http.ClientCertificate) switch
    {
        (false, _) => [],
        (true, { Key: var key }) => Plan.Secrets.Append(key),
        _ => Plan.Secrets,
    };

    /// <summary>
    /// The secrets that a key is derived from: all of these, if one of them has 128 bits. Otherwise seal-key is added; without it there
    /// is no key, and this is empty.
    /// </summary>
    public IEnumerable<Secret> KeySecrets => (HasStrongSecret, Reuse.SealKey) switch
    {
        (true, _) => Secrets,
        (false, { } key) => Secrets.Append(key),
        _ => [],
    };

    /// <summary>Whether tokens can be sealed.</summary>
    public bool HasKey => HasStrongSecret || Reuse.SealKey is not null;

    private bool HasStrongSecret => HasCredentials && (Http.ClientCertificate is not null || Plan.HasStrongSecret);
}

/// <param name="Wanted">Whether to find the token's organization.</param>
/// <param name="AllowedOrganizations">Ids, any case; empty: any organization.</param>
internal sealed record OrganizationPolicy(bool Wanted, IReadOnlyList<string> AllowedOrganizations);

/// <param name="Variable">Name to export the token under; null: no export.</param>
/// <param name="ToolEnvironment">Also export what the vendor's tools read.</param>
internal sealed record Export(string? Variable, bool ToolEnvironment);

/// <summary>Which cached tokens may be reused, and who may reuse the token of this run.</summary>
internal sealed record ReusePolicy
{
    /// <summary>Nothing is reused or cached.</summary>
    public static ReusePolicy None { get; } = new();

    /// <summary>Steps of one job share a token through a file.</summary>
    public bool JobCache { get; init; }

    /// <summary>Machines share a token through a secret manager; null: they do not.</summary>
    public StoreAddress? Store { get; init; }

    /// <summary>A cache that cannot be used fails the step.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The token is also published sealed, for other jobs.</summary>
    public bool Seal { get; init; }

    /// <summary>The key of tokens for other jobs; null: the secrets of the request.</summary>
    public Secret? SealKey { get; init; }

    /// <summary>A token that another job has sealed; null: none.</summary>
    public string? SealedToken { get; init; }
}

/// <summary>A secret of a secret manager, as the input <c>cache</c> names it: <c>scheme://place/name</c>.</summary>
/// <param name="Scheme">Which kind of store, such as <c>azure-keyvault</c>.</param>
/// <param name="Place">A vault, a region, or a host with its port.</param>
/// <param name="Name">The secret's name, everything after the place.</param>
internal sealed record StoreAddress(string Scheme, string Place, string Name);

/// <summary>The run of the CI system, from variables that the system itself sets and no step can change.</summary>
/// <param name="Project">The repository or project.</param>
/// <param name="Id">The run or build, unique in the project.</param>
internal sealed record JobRun(string Project, string Id)
{
    public IEnumerable<Trait> Traits => [new("project", "repository or project", Project), new("run", "run", Id)];
}

/// <summary>
/// Where the CI system issues an OIDC token of the job, for servers that trust the CI system instead of a stored secret
/// (OpenID Connect; <see href="https://docs.github.com/actions/concepts/security/openid-connect">GitHub</see>).
/// </summary>
/// <param name="Address">A GET with <c>audience</c> in the query; the response is a JSON object whose <c>value</c> is the token.</param>
/// <param name="Bearer">Authenticates the job.</param>
internal sealed record CiIdTokenEndpoint(Uri Address, Secret Bearer);
