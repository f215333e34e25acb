namespace Ccaas.Sandbox;

/// <summary>A role of AWS, and who may be it.</summary>
/// <param name="Arn">Its name: <c>arn:aws:iam::ACCOUNT:role/NAME</c>.</param>
public sealed record SandboxAwsRole(string Arn)
{
    /// <summary>
    /// Whether its trust policy lets in whoever comes with this token: issuer, subject, audience and, if that matters, the
    /// signature. Null: nobody. One that has expired is refused without a question.
    /// </summary>
    public Func<SandboxAssertion, bool>? AcceptsAssertion { get; init; }

    /// <summary>True: it is the role of the machine or the container, whose metadata services hand out its keys.</summary>
    public bool IsOfTheMachine { get; init; }

    /// <summary>What it may do with the account's secrets.</summary>
    public SandboxSecretAccess Access { get; init; } = SandboxSecretAccess.All;

    internal string Name => Arn[(Arn.LastIndexOf('/') + 1)..];
}
