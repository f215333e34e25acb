using Ccaas.Action.Foundation;

namespace Ccaas.Action.Requests;

/// <summary>
/// Where the CI system hands out a token that says which job this is, for servers that trust the CI system in place of a
/// stored secret (OpenID Connect; <see href="https://docs.github.com/actions/concepts/security/openid-connect">GitHub</see>).
/// </summary>
/// <param name="Address">Answers a GET that has <c>audience</c> in its query with a JSON object whose <c>value</c> is the token.</param>
/// <param name="Bearer">Proves that the question comes out of the job.</param>
internal sealed record JobIdentity(Uri Address, Secret Bearer);
