using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Masking;
using Ccaas.Action.OAuth;
using Ccaas.Action.Publishing;
using Ccaas.Action.Requests;
using Ccaas.Action.Systems;
using Ccaas.Action.Tokens;
using Ccaas.Action.Verification;

namespace Ccaas.Action.Commands;

/// <summary>The way of the data, station by station: request, exchange, token, masks, verification, publication.</summary>
internal sealed class AcquireCommand(
    TokenRequest request,
    ICiSystem system,
    Masker masker,
    TokenEndpoint tokenEndpoint,
    OrganizationCheck organizationCheck,
    TimeProvider time)
{
    /// <returns>The failure, or null when the token has been handed on.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled; nothing was handed on.</exception>
    public async Task<Failure?> RunAsync(CancellationToken cancellation)
    {
        var plan = request.Plan;
        MaskCredentials(plan.Client);
        var proxy = TlsOnlyProxy.On(plan.TokenEndpoint) is { } authority ? $", through the proxy {authority}" : "";
        system.Info($"Requesting an access token of {plan.ProviderTitle}, region {plan.Region}, from {plan.TokenEndpoint.GetLeftPart(UriPartial.Path)}{proxy}");

        if (!(await tokenEndpoint.RequestAsync(plan, cancellation).ConfigureAwait(false)).Succeeded(out var issued, out var failure))
        {
            return failure;
        }

        // Before anything else is said: from here on every line could hold it.
        masker.Mask(issued.Token.Value);
        system.Info($"Obtained access token {issued.Token.Fingerprint}, {Expiry(issued.Token)}");
        WarnOfShortLifetime(issued.Token);

        Organization? organization = null;
        if (request.Organization.Wanted && plan.Organization is { } probe)
        {
            var answer = await organizationCheck.AskAsync(issued.Token, probe, plan.ApiErrors, request.Organization.AllowedOrganizations, cancellation).ConfigureAwait(false);
            if (!answer.Succeeded(out organization, out failure))
            {
                return failure;
            }

            system.Info($"The token belongs to {organization.Shown}");
        }

        // The last moment to stop; what follows is done whole.
        cancellation.ThrowIfCancellationRequested();
        return system.Publish(new Publication(request, issued.Token, issued.Attempts, organization));
    }

    private void MaskCredentials(ClientCredentials client)
    {
        masker.MaskAsIs(ClientAuthentication.Pairs(client));
        if (!masker.Mask(client.Secret))
        {
            system.Warning("Client secret not masked",
                $"The client secret has fewer than {DerivedForms.ShortestMask} characters; masking so short a text would blank every log line that holds it by chance.");
        }
    }

    private void WarnOfShortLifetime(AccessToken token)
    {
        if (token.Lifetime is { } lifetime && lifetime.Left(time) < request.MinimumValidity)
        {
            system.Warning("Short-lived token",
                $"The new token lasts {Durations.Describe(lifetime.Total)}, less than minimum-validity ({Durations.Describe(request.MinimumValidity)}). Lower that, or raise the token's duration at the vendor.");
        }
    }

    private static string Expiry(AccessToken token) => token.Lifetime is { } lifetime
        ? $"expires {lifetime.ShownExpiry}, after {Durations.Describe(lifetime.Total)}"
        : "expiry not told by the server";
}
