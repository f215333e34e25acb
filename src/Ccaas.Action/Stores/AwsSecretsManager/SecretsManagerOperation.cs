namespace Ccaas.Action.Stores.AwsSecretsManager;

/// <summary>What the service is asked to do.</summary>
/// <param name="Name">By the name of the API, which is also that of the permission.</param>
/// <param name="Purpose">As the log names it.</param>
/// <param name="Done">What is done to the secret, for people.</param>
internal sealed record SecretsManagerOperation(string Name, string Purpose, string Done)
{
    public static SecretsManagerOperation Get { get; } = new("GetSecretValue", "Reading the store", "read");

    public static SecretsManagerOperation Put { get; } = new("PutSecretValue", "Writing to the store", "written");

    public static SecretsManagerOperation Create { get; } = new("CreateSecret", "Creating the secret", "created");
}
