using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.OAuth;

/// <summary>The one way of a form that a client posts in its own name: read, grant, fields, client authentication.</summary>
internal sealed class ClientForms(ClientAuthentication authentication)
{
    /// <param name="request">The request.</param>
    /// <param name="rules">What is expected of it.</param>
    /// <param name="refuse">Puts a refusal into the vendor's shape.</param>
    /// <param name="response">Makes the response for an authenticated client.</param>
    public Response Respond(
        Incoming request, FormRules rules, Func<Refusal, Response> refuse, Func<FormRequest, SandboxClient, Response> response)
    {
        if (!FormRequest.TryRead(request, out var form, out var refusal))
        {
            return refuse(refusal);
        }

        // The grant type first: a request for another grant also has other fields, which are not the error.
        if ((rules.GrantType is { } grant ? form.CheckGrant(grant) : null) is { } wrongGrant)
        {
            return refuse(wrongGrant);
        }

        if (form.CheckFields(rules) is { } wrongField)
        {
            return refuse(wrongField);
        }

        return authentication.TryIdentify(request, form, rules, out var client, out refusal) ? response(form, client) : refuse(refusal);
    }
}
