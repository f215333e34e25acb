using Ccaas.Sandbox.Http;

namespace Ccaas.Sandbox.OAuth;

/// <summary>The one way of a form that a client posts in its own name: read, grant, fields, client authentication.</summary>
internal sealed class ClientForms(ClientAuthentication authentication)
{
    /// <param name="request">The request.</param>
    /// <param name="rules">What is expected of it.</param>
    /// <param name="refuse">Puts a refusal into the vendor's shape.</param>
    /// <param name="response">What the vendor answers to a client that has proved who it is.</param>
    public Response Respond(
        Incoming request, FormRules rules, Func<Refusal, Response> refuse, Func<FormRequest, SandboxClient, Response> response)
    {
        if (!FormRequest.TryRead(request, out var form, out var refusal))
        {
            return refuse(refusal);
        }

        // The grant goes first: whoever asks for another sends other fields too, and that is not what is wrong.
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
