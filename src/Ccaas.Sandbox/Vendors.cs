using Ccaas.Sandbox.Genesys;
using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox;

/// <summary>The vendors that the sandbox plays: one folder and one line each.</summary>
internal static class Vendors
{
    public static IEnumerable<Endpoint> Endpoints(SandboxState state) =>
    [
        .. GenesysEndpoints.Create(state),
    ];
}
