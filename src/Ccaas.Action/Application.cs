using Ccaas.Action.CommandLine;
using Ccaas.Action.Commands;
using Ccaas.Action.Foundation;
using Ccaas.Action.Inputs;
using Ccaas.Action.Masking;
using Ccaas.Action.OAuth;
using Ccaas.Action.Providers;
using Ccaas.Action.Requests;
using Ccaas.Action.Revocation;
using Ccaas.Action.Systems;

namespace Ccaas.Action;

/// <summary>The program without its process: from arguments and surroundings to an exit code.</summary>
internal sealed class Application(Surroundings surroundings, TimeProvider time)
{
    private readonly Redactor _redactor = new();

    public async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var values = new InputValues();
        var problems = new InputProblems();
        var system = CiSystems.Detect(surroundings, problems, _redactor, time);
        var verb = Verb.Acquire;
        try
        {
            (verb, var text) = CommandLineInputs.ReadInto(values, problems, arguments);
            var failure = verb switch
            {
                Verb.Tell => await TellAsync(text).ConfigureAwait(false),
                // Most steps keep nothing, and then nothing else about them matters any more.
                Verb.Post when system.Kept(RevocationState.Name) is null => null,
                _ => await RunAsync(verb, values, problems, system, cancellation).ConfigureAwait(false),
            };
            return failure is null ? system.EndWith(ExitCode.Done) : Report(failure, verb, system);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            system.Info(verb == Verb.Acquire ? "Cancelled: nothing was handed to later steps" : "Cancelled: the token may still be valid");
            return verb == Verb.Post ? ExitCode.Done : system.EndWith(ExitCode.Cancelled);
        }
#pragma warning disable CA1031 // The one place where everything is caught: a bug must not print what it held.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Report(Bug.Describe(exception), verb, system);
        }
    }

    /// <summary>A clean-up that fails is worth a warning; the job itself has done what it was for.</summary>
    private static ExitCode Report(Failure failure, Verb verb, ICiSystem system)
    {
        if (verb == Verb.Post)
        {
            system.Warning("The access token was not revoked", string.Join(' ', failure.Lines()));
            return system.EndWith(ExitCode.Done);
        }

        system.Report(failure);
        return system.EndWith(failure.ExitCode);
    }

    private async Task<Failure?> TellAsync(string text)
    {
        await surroundings.Output.WriteAsync(text).ConfigureAwait(false);
        await surroundings.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    private async Task<Failure?> RunAsync(Verb verb, InputValues values, InputProblems problems, ICiSystem system, CancellationToken cancellation)
    {
        await SecretFile.ReadAllIntoAsync(values, problems, surroundings, cancellation).ConfigureAwait(false);
        system.ReadInputs(values, problems);
        if (verb == Verb.Revoke)
        {
            TokenToRevoke.ReadInto(values, surroundings);
        }

        // First of all, because every line after this could hold one, the complaint about a wrong input included.
        var masker = new Masker(_redactor, system);
        var unmasked = GivenSecrets(values).Where(secret => !masker.Mask(secret.Value)).Select(secret => secret.Name).ToList();

        var foreignText = new ForeignText(_redactor);
        var inputs = new InputReader(values, problems, foreignText, system.MissingSecretHint);
        var network = system.ReadNetwork();
        if (network.Proxy?.Password is { } password)
        {
            masker.Mask(password);
        }

        var request = TokenRequestFactory.Create(inputs, network);
        var token = verb == Verb.Revoke ? inputs.RequiredSecret(InputNames.AccessToken, "the token in a file (--access-token-file) or in the variable that environment-variable names") : null;
        if (verb == Verb.Acquire)
        {
            system.Check(inputs);
        }

        InputListing.Debug(values, system, foreignText);
        if (problems.Any || request is null)
        {
            return InputListing.Describe(problems);
        }

        MaskWhatFollowsFromSecrets(request, masker);
        foreach (var name in unmasked)
        {
            system.Warning("A secret is not masked",
                $"{name} has fewer than {DerivedForms.ShortestMask} characters; masking so short a text would blank every log line that holds it by chance.");
        }

        using var exchanges = new Exchanges(request, system, foreignText, time);
        var revoke = new RevokeCommand(request, masker, exchanges.Discovery, exchanges.Revocation);
        return verb switch
        {
            Verb.Revoke => await revoke.RunAsync(token!, cancellation).ConfigureAwait(false),
            Verb.Post => await revoke.RunAsync(system.Kept(RevocationState.Name)!, cancellation).ConfigureAwait(false),
            _ => await new AcquireCommand(request, system, masker, exchanges.Discovery, exchanges.TokenEndpoint, exchanges.ApiLookup, exchanges.OrganizationCheck, time)
                .RunAsync(cancellation).ConfigureAwait(false),
        };
    }

    private static IEnumerable<(string Name, Secret Value)> GivenSecrets(InputValues values) =>
        from input in InputCatalog.All
        where input.IsSecret
        let value = values.Given(input.Name)
        // The path of a file is no secret; what it holds is masked once it is read.
        where value is not null && !(input.MayBePath && File.Exists(value))
        select (input.Name, new Secret(value));

    // What is masked already is not announced again.
    private static void MaskWhatFollowsFromSecrets(TokenRequest request, Masker masker)
    {
        foreach (var secret in request.Secrets)
        {
            masker.Mask(secret);
        }

        masker.MaskAsIs(ClientAuthentication.Pairs(request.Plan.Client));
    }
}
