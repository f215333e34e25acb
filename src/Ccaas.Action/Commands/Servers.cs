using Ccaas.Action.OAuth;
using Ccaas.Action.Revocation;
using Ccaas.Action.Verification;

namespace Ccaas.Action.Commands;

/// <summary>What is asked of servers. Put together only when something is.</summary>
internal sealed record Servers(ServerDiscovery Discovery, TokenEndpoint TokenEndpoint, ApiLookup ApiLookup, OrganizationCheck OrganizationCheck, TokenRevocation Revocation);
