using Ccaas.Action.CommandLine;
using Ccaas.Action.Commands;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Inputs;
using Ccaas.Action.Masking;
using Ccaas.Action.OAuth;
using Ccaas.Action.Providers;
using Ccaas.Action.Requests;
using Ccaas.Action.Systems;
using Ccaas.Action.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace Ccaas.Action;

/// <summary>The program without its process: from arguments and surroundings to an exit code.</summary>
internal sealed class Application(Surroundings surroundings, TimeProvider time)
{
    private readonly Redactor _redactor = new();

    public async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var system = CiSystems.Detect(surroundings, _redactor, time);
        try
        {
            return await RunAsync(arguments, system, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            system.Info("Cancelled: nothing was handed to later steps");
            return ExitCode.Cancelled;
        }
#pragma warning disable CA1031 // The one place where everything is caught: a bug must not print what it held.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            system.Report(Bug.Describe(exception));
            return ExitCode.Bug;
        }
    }

    private async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, ICiSystem system, CancellationToken cancellation)
    {
        var values = new InputValues();
        var problems = new InputProblems();
        if (CommandLineInputs.ReadInto(values, problems, arguments) is { } text)
        {
            await surroundings.Output.WriteAsync(text).ConfigureAwait(false);
            await surroundings.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return ExitCode.Done;
        }

        await SecretFile.ReadIntoAsync(values, problems, surroundings, cancellation).ConfigureAwait(false);
        EnvironmentInputs.ReadInto(values, problems, surroundings);

        // First of all, because every line after this could hold one, the complaint about a wrong input included.
        var masker = new Masker(_redactor, system);
        foreach (var secret in GivenSecrets(values))
        {
            masker.Mask(secret);
        }

        var inputs = new InputReader(values, problems, new ForeignText(_redactor), system.MissingSecretHint);
        var request = TokenRequestFactory.Create(inputs);
        system.Check(inputs);
        InputListing.Debug(values, system, new ForeignText(_redactor));

        var failure = problems.Any || request is null
            ? InputListing.Describe(problems)
            : await AcquireAsync(request, system, masker, cancellation).ConfigureAwait(false);
        if (failure is null)
        {
            return ExitCode.Done;
        }

        system.Report(failure);
        return failure.ExitCode;
    }

    private async Task<Failure?> AcquireAsync(TokenRequest request, ICiSystem system, Masker masker, CancellationToken cancellation)
    {
        var foreignText = new ForeignText(_redactor);
        var tls = new TlsObservation();
        using var deadline = new Deadline(time, request.Limits.Timeout);
        // Beside the host and not before it: the library checks its options by reflection, which takes as long as all of the host.
        var resilience = Task.Run(() => new ResilienceHandler(request, deadline, new Backoff(Random.Shared.NextDouble), new AttemptLog(system), time), CancellationToken.None);
        var builder = LeanHost.CreateBuilder();
        builder.Services.AddHttp(request, tls, () => resilience.GetAwaiter().GetResult());
        using var host = builder.Build();

        var http = new HttpExchange(host.Services.GetRequiredService<IHttpClientFactory>(), deadline, new TransportFailures(request, deadline, tls, foreignText), time);
        var refusals = new VendorRefusals(request.Plan, foreignText, deadline);
        var tokenEndpoint = new TokenEndpoint(http, new TokenReading(system, foreignText), refusals);
        var organizationCheck = new OrganizationCheck(http, refusals, foreignText);
        var command = new AcquireCommand(request, system, masker, tokenEndpoint, organizationCheck, time);
        return await command.RunAsync(cancellation).ConfigureAwait(false);
    }

    private static IEnumerable<Secret> GivenSecrets(InputValues values) =>
        from input in InputCatalog.All
        where input.IsSecret
        let value = values.Given(input.Name)
        where value is not null
        select new Secret(value);
}
