namespace Ccaas.Action.CiSystems.AzurePipelines;

/// <summary>The agent's proxy. The agent passes it to tasks in variables of its own, not as HTTPS_PROXY.</summary>
internal static class AgentProxy
{
    /// <param name="environment">The task's environment.</param>
    /// <param name="warn">Gets a message for each setting that cannot be used.</param>
    /// <returns>Null when the agent has no usable proxy.</returns>
    public static ProxySettings? Read(ProcessEnvironment environment, Action<string> warn)
    {
        if (environment.Variable("AGENT_PROXYURL") is not { Length: > 0 } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            warn("The agent's proxy address (AGENT_PROXYURL) is no http or https address; "
                + "the proxy of the environment is used, if there is one.");
            return null;
        }

        return new ProxySettings(
            new Uri(address.GetLeftPart(UriPartial.Authority)),
            environment.Variable("AGENT_PROXYUSERNAME") ?? "",
            environment.Variable("SECRET_AGENT_PROXYPASSWORD") is { Length: > 0 } password ? new Secret(password) : null,
            ReadBypassList(environment.Variable("AGENT_PROXYBYPASSLIST"), warn));
    }

    private static IReadOnlyList<string> ReadBypassList(string? text, Action<string> warn)
    {
        try
        {
            using var list = JsonDocument.Parse(text is { Length: > 0 } ? text : "[]");
            // A null is no expression either.
            var entries = list.RootElement.EnumerateArray().Select(entry => entry.GetString() ?? "(").ToList();
            return [.. entries.Where(entry => IsExpression(entry, warn))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            warn("The agent's proxy bypass list (AGENT_PROXYBYPASSLIST) is no JSON array of texts and is passed over.");
            return [];
        }
    }

    private static bool IsExpression(string text, Action<string> warn)
    {
        try
        {
            _ = TlsOnlyProxy.Expression(text);
            return true;
        }
        catch (ArgumentException)
        {
            warn("An entry of the agent's proxy bypass list (AGENT_PROXYBYPASSLIST) is no regular expression and is passed over.");
            return false;
        }
    }
}
