namespace Ccaas.Action.CiSystems.AzurePipelines;

/// <summary>The agent's own proxy, which it passes to tasks in variables of its own and not as HTTPS_PROXY.</summary>
internal static class AgentProxy
{
    /// <param name="environment">The environment.</param>
    /// <param name="warn">Told what is set and cannot be used.</param>
    /// <returns>Null when the agent has none.</returns>
    public static ProxySettings? Read(ProcessEnvironment environment, Action<string> warn)
    {
        if (environment.Variable("AGENT_PROXYURL") is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            warn("The agent's proxy address (AGENT_PROXYURL) is no http or https address; the proxy of the environment is used, if there is one.");
            return null;
        }

        var password = environment.Variable("SECRET_AGENT_PROXYPASSWORD") is { Length: > 0 } given ? new Secret(given) : null;
        return new ProxySettings(new Uri(address.GetLeftPart(UriPartial.Authority)), environment.Variable("AGENT_PROXYUSERNAME") ?? "", password, [.. Bypass(environment, warn)]);
    }

    private static IEnumerable<string> Bypass(ProcessEnvironment environment, Action<string> warn)
    {
        foreach (var expression in BypassList(environment, warn))
        {
            if (IsExpression(expression))
            {
                yield return expression;
            }
            else
            {
                warn("An entry of the agent's proxy bypass list (AGENT_PROXYBYPASSLIST) is no regular expression and is passed over.");
            }
        }
    }

    private static IReadOnlyList<string> BypassList(ProcessEnvironment environment, Action<string> warn)
    {
        try
        {
            using var list = JsonDocument.Parse(environment.Variable("AGENT_PROXYBYPASSLIST") is { Length: > 0 } given ? given : "[]");
            return [.. list.RootElement.EnumerateArray().Select(entry => entry.GetString() ?? "(")];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            warn("The agent's proxy bypass list (AGENT_PROXYBYPASSLIST) is no JSON array of texts and is passed over.");
            return [];
        }
    }

    private static bool IsExpression(string text)
    {
        try
        {
            _ = TlsOnlyProxy.Expression(text);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
