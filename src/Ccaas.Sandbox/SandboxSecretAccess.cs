namespace Ccaas.Sandbox;

/// <summary>What somebody may do with the secrets of a store.</summary>
[Flags]
public enum SandboxSecretAccess
{
    None = 0,

    /// <summary>Read values, attributes and versions.</summary>
    Read = 1,

    /// <summary>Write another version, or change what is said about one. In Key Vault also the first version.</summary>
    Write = 2,

    /// <summary>Delete, recover and purge.</summary>
    Delete = 4,

    /// <summary>Write the first version, which AWS tells from writing another one.</summary>
    Create = 8,

    All = Read | Write | Delete | Create,
}
