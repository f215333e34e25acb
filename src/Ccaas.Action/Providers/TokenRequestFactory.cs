using Ccaas.Action.Inputs;
using Ccaas.Action.Requests;

namespace Ccaas.Action.Providers;

/// <summary>Reads what every provider has in common and lets the provider plan the rest.</summary>
internal static class TokenRequestFactory
{
    /// <returns>The request; to be used only when the reader has no problems.</returns>
    public static TokenRequest? Create(InputReader inputs)
    {
        var plan = Plan(inputs);
        var allowed = inputs.List(InputNames.AllowedOrganizations);
        var policy = new OrganizationPolicy(inputs.Flag(InputNames.Verify) || allowed.Count > 0, allowed);
        var export = new Export(Variable(inputs), inputs.Flag(InputNames.ToolEnvironment));
        var minimumValidity = inputs.Duration(InputNames.MinimumValidity, TimeSpan.Zero, TimeSpan.FromDays(2));
        var limits = new Limits(
            inputs.Duration(InputNames.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            inputs.Count(InputNames.MaxAttempts, 1, 20));
        var authorities = CertificateInput.Read(inputs);

        if (plan is not null && export.ToolEnvironment && plan.ToolEnvironment.Any(tool => tool.Key == export.Variable && tool.Value is not null))
        {
            inputs.Problems.Add(InputNames.EnvironmentVariable, $"'{export.Variable}' is set by tool-environment to something else than the token; choose another name.");
        }

        return plan is null ? null : new TokenRequest(plan, limits, policy, export, minimumValidity, authorities);
    }

    private static TokenPlan? Plan(InputReader inputs)
    {
        var names = string.Join(", ", ProviderRegistry.All.Select(provider => provider.Name));
        var name = inputs.Required(InputNames.Provider, $"one of: {names}");
        if (name.Length == 0)
        {
            return null;
        }

        if (ProviderRegistry.Find(name) is { } provider)
        {
            return provider.Plan(inputs);
        }

        inputs.Problems.Add(InputNames.Provider, $"'{inputs.Shown(InputNames.Provider)}' is not known; give one of: {names}.");
        return null;
    }

    private static string? Variable(InputReader inputs)
    {
        var name = inputs.Text(InputNames.EnvironmentVariable);
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        if (EnvironmentNameRule.Check(name) is { } wrong)
        {
            inputs.Problems.Add(InputNames.EnvironmentVariable, wrong);
        }

        return name;
    }
}
