namespace Ccaas.Action.Providers;

/// <summary>Reads the inputs that all providers have in common; the provider plans the rest.</summary>
internal static class TokenRequestFactory
{
    /// <param name="inputs">The inputs.</param>
    /// <param name="network">The network settings of the machine.</param>
    /// <returns>The request; to be used only when the reader has no problems.</returns>
    public static TokenRequest? Create(InputReader inputs, NetworkSettings network)
    {
        var reuse = ReuseInputs.Read(inputs);
        inputs.NeedsNoCredentials = reuse.StandInForCredentials(inputs);
        var provider = Provider(inputs);
        var plan = provider?.Plan(inputs);
        var allowed = inputs.List(Input.AllowedOrganizations);
        var policy = new OrganizationPolicy(inputs.Flag(Input.Verify) || allowed.Count > 0, allowed);
        var export = new Export(Variable(inputs), inputs.Flag(Input.ToolEnvironment));
        var minimumValidity = inputs.Duration(Input.MinimumValidity, TimeSpan.Zero, TimeSpan.FromDays(2));
        var revoke = inputs.Flag(Input.Revoke);
        var install = inputs.Flag(Input.Install);
        var limits = new Limits(
            inputs.Duration(Input.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            inputs.Count(Input.MaxAttempts, 1, 20));
        var http = new HttpSettings(limits)
        {
            Network = network,
            CertificateAuthorities = CertificateInput.ReadAuthorities(inputs),
            ClientCertificate = CertificateInput.ReadClient(inputs) is var (pem, key) ? new ClientCertificate(pem, key) : null,
        };
        if (provider is null || plan is null)
        {
            return null;
        }

        var request = new TokenRequest(plan, http, policy, export, minimumValidity)
        {
            Revoke = revoke,
            Reuse = reuse,
            Install = install,
            HasCredentials = !inputs.NeedsNoCredentials,
        };
        ReuseInputs.Check(request, inputs);
        RefuseWhatHasNoEffect(request, inputs);
        return request;
    }

    private static Provider? Provider(InputReader inputs)
    {
        var names = string.Join(", ", ProviderRegistry.All.Select(provider => provider.Name));
        var name = inputs.Required(Input.Provider, $"one of: {names}");
        var provider = ProviderRegistry.Find(name);
        if (provider is null && name.Length > 0)
        {
            inputs.Problems.Add(Input.Provider, $"'{inputs.Shown(Input.Provider)}' is not known; give one of: {names}.");
        }

        return provider;
    }

    /// <summary>Inputs without effect are refused before any request, not found at the end of the job.</summary>
    private static void RefuseWhatHasNoEffect(TokenRequest request, InputReader inputs)
    {
        var (plan, problems) = (request.Plan, inputs.Problems);
        // If flow or method is wrong, it is not known which inputs have an effect.
        foreach (var name in problems.Has(Input.Flow) || problems.Has(Input.ClientAuthentication) ? [] : inputs.UnusedInputs())
        {
            problems.Add(name,
                $"has no effect with {plan.ProviderTitle}{(plan.Flow is { } flow ? $" and the flow {flow}" : "")}; leave it out.");
        }

        if (request.Organization.Wanted && plan.Organization is null)
        {
            problems.Add(
                request.Organization.AllowedOrganizations.Count > 0 ? Input.AllowedOrganizations : Input.Verify,
                $"{plan.ProviderTitle} offers no way to find the organization of a token; leave it out.");
        }

        if (request.Revoke && plan is { RevocationPath: null, Server: { RevocationEndpoint: null, Issuer: null } })
        {
            problems.Add(Input.Revoke, $"{plan.ProviderTitle} has no known way to revoke a token; leave it out, or give the server's "
                + "endpoint for it in revocation-url.");
        }

        if (request.Export.ToolEnvironment && plan.ToolEnvironment.Count == 0)
        {
            problems.Add(Input.ToolEnvironment, $"there are no settled names that tools for {plan.ProviderTitle} read; leave it out, and "
                + "choose a name with environment-variable.");
        }

        if (request.Export.ToolEnvironment
            && plan.ToolEnvironment.Any(tool => tool.Key == request.Export.Variable && tool.Value is not null))
        {
            problems.Add(Input.EnvironmentVariable,
                $"'{request.Export.Variable}' is set by tool-environment to something else than the token; choose another name.");
        }
    }

    private static string? Variable(InputReader inputs)
    {
        var name = inputs.Text(Input.EnvironmentVariable);
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        if (EnvironmentNameRule.Check(name) is { } wrong)
        {
            inputs.Problems.Add(Input.EnvironmentVariable, wrong);
        }

        return name;
    }
}
