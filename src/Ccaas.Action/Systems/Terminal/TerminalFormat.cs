namespace Ccaas.Action.Systems.Terminal;

/// <summary>What standard output holds.</summary>
internal enum TerminalFormat
{
    /// <summary>The token alone, and a line break.</summary>
    Text,

    /// <summary>One JSON object with every output, in the snake case of RFC 6749.</summary>
    Json,

    /// <summary>What would be exported, as NAME=value lines.</summary>
    Dotenv,
}
