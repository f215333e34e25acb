using Ccaas.Sandbox;
using Ccaas.Testing;

namespace Ccaas.EndToEnd.Tests.Stores;

/// <summary>A store as many machines share it: the sandbox's double of it, the program's way to it, and the vendor's own client.</summary>
internal abstract class SharedStore
{
    private static readonly IReadOnlyList<SharedStore> All = [new SharedKeyVault(), new SharedSecretsManager()];

    /// <summary>How the program calls this kind of store.</summary>
    public abstract string Scheme { get; }

    /// <summary>Whether the store itself is told when an entry expires.</summary>
    public abstract bool KnowsExpiry { get; }

    protected const string Name = "ci-token";

    /// <exception cref="InvalidOperationException">The program has a store that nothing here knows: it needs a class like those
    /// beside this one.</exception>
    public static SharedStore Of(string scheme) => All.Single(store => store.Scheme == scheme);

    /// <summary>Lets the double know who may use it.</summary>
    public abstract SandboxOptions Know(SandboxOptions options);

    /// <summary>Gives a step the store's address and the credentials for it.</summary>
    public abstract void Use(World world);

    public abstract SandboxSecret? Entry(SandboxServer sandbox);

    /// <summary>Which call of the store a request is, such as <c>read</c>; null: it is none.</summary>
    public abstract string? Call(SandboxRequest request);

    /// <summary>For the next call of the store, and the program's second try where there is one.</summary>
    public abstract void Spoil(SandboxServer sandbox, string how);

    /// <summary>The vendor's own client reads the entry, and writes what it read as another version.</summary>
    /// <returns>What it read.</returns>
    public abstract Task<string> CopyAsync(SandboxServer sandbox);

    /// <summary>The vendor's own client creates the entry with a text of somebody else.</summary>
    public abstract Task PutAsync(SandboxServer sandbox, string text);

    /// <summary>The vendor's own client deletes the entry, so that it can be had back.</summary>
    public abstract Task DeleteAsync(SandboxServer sandbox);

    // A refusal is not tried again.
    protected static int Tries(string how) => how == "forbidden" ? 1 : 2;
}
