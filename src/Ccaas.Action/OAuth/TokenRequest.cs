namespace Ccaas.Action.OAuth;

/// <summary>Everything a run does, decided before the first byte goes out.</summary>
/// <param name="Plan">What the provider makes of the inputs.</param>
/// <param name="Http">How servers are reached.</param>
/// <param name="Organization">Whether and against what to check the organization.</param>
/// <param name="Export">What later steps find in their environment.</param>
/// <param name="MinimumValidity">A token that lasts less is worth a warning.</param>
internal sealed record TokenRequest(
    TokenPlan Plan,
    HttpSettings Http,
    OrganizationPolicy Organization,
    Export Export,
    TimeSpan MinimumValidity)
{
    /// <summary>The token is revoked when the job ends.</summary>
    public bool Revoke { get; init; }

    /// <summary>Later steps are to find the executable.</summary>
    public bool Install { get; init; }

    /// <summary>Which cached tokens may be handed out.</summary>
    public ReusePolicy Reuse { get; init; } = ReusePolicy.None;

    /// <summary>False where a token that another job has sealed is all there is.</summary>
    public bool HasCredentials { get; init; } = true;

    /// <summary>Every secret that the credentials hold, in a fixed order. Without credentials, what stands in their place is empty, and no secret.</summary>
    public IEnumerable<Secret> Secrets => (HasCredentials, Http.ClientCertificate) switch
    {
        (false, _) => [],
        (true, { Key: var key }) => Plan.Secrets.Append(key),
        _ => Plan.Secrets,
    };

    /// <summary>
    /// What keys are made of: all of these secrets, one of which holds 128 bits at least. Where none does, the key to seal with
    /// goes in besides; without that there is no key, and this is empty.
    /// </summary>
    public IEnumerable<Secret> KeySecrets => (HasStrongSecret, Reuse.SealKey) switch
    {
        (true, _) => Secrets,
        (false, { } key) => Secrets.Append(key),
        _ => [],
    };

    /// <summary>Whether anything can be sealed at all.</summary>
    public bool HasKey => HasStrongSecret || Reuse.SealKey is not null;

    private bool HasStrongSecret => HasCredentials && (Http.ClientCertificate is not null || Plan.HasStrongSecret);
}

/// <param name="Wanted">Ask the vendor who we are.</param>
/// <param name="AllowedOrganizations">Ids, any case; empty: any organization.</param>
internal sealed record OrganizationPolicy(bool Wanted, IReadOnlyList<string> AllowedOrganizations);

/// <param name="Variable">Name to export the token under; null: no export.</param>
/// <param name="ToolEnvironment">Also export what the vendor's tools read.</param>
internal sealed record Export(string? Variable, bool ToolEnvironment);

/// <summary>Which cached tokens may be handed out, and who may use the one that is obtained.</summary>
internal sealed record ReusePolicy
{
    /// <summary>Nothing is reused and nothing kept.</summary>
    public static ReusePolicy None { get; } = new();

    /// <summary>Steps of one job share a token through a file.</summary>
    public bool JobCache { get; init; }

    /// <summary>Machines share one through a secret manager; null: they do not.</summary>
    public StoreAddress? Store { get; init; }

    /// <summary>A cache that cannot be used fails the step.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The token is also published sealed, for other jobs.</summary>
    public bool Seal { get; init; }

    /// <summary>What tokens are sealed with between jobs; null: the secrets of the request.</summary>
    public Secret? SealKey { get; init; }

    /// <summary>A token that another job has sealed; null: none.</summary>
    public string? SealedToken { get; init; }
}

/// <summary>A secret of a secret manager, as the input <c>cache</c> names it: <c>scheme://place/name</c>.</summary>
/// <param name="Scheme">Which kind of store, such as <c>azure-keyvault</c>.</param>
/// <param name="Place">Which of them: a vault, a region, or a host with its port.</param>
/// <param name="Name">The secret's name, everything after the place.</param>
internal sealed record StoreAddress(string Scheme, string Place, string Name);

/// <summary>Which run of the CI system a job belongs to: by what the system itself sets, which no step of a job can change.</summary>
/// <param name="Project">The repository or project.</param>
/// <param name="Id">The run or build, unique in the project.</param>
internal sealed record JobRun(string Project, string Id)
{
    public IEnumerable<Trait> Traits => [new("project", "repository or project", Project), new("run", "run", Id)];
}

/// <summary>
/// Where the CI system hands out a token that says which job this is, for servers that trust the CI system in place of a
/// stored secret (OpenID Connect; <see href="https://docs.github.com/actions/concepts/security/openid-connect">GitHub</see>).
/// </summary>
/// <param name="Address">Answers a GET that has <c>audience</c> in its query with a JSON object whose <c>value</c> is the token.</param>
/// <param name="Bearer">Proves that the question comes out of the job.</param>
internal sealed record CiIdTokenEndpoint(Uri Address, Secret Bearer);
