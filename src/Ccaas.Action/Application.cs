namespace Ccaas.Action;

/// <summary>The program without its process: from arguments and surroundings to an exit code.</summary>
internal sealed class Application(ProcessEnvironment environment, TimeProvider time)
{
    private const string ScriptHint = " A script is given it as CCAAS_<NAME> in its environment, such as CCAAS_CLIENT_SECRET: map the secret there, under env:.";

    /// <summary>Reading them takes OpenSSL, before any request does.</summary>
    private static readonly string[] OpenSslInputs = [Input.CaCertificate, Input.ClientCertificate, Input.ClientKey, Input.PrivateKey];

    private readonly Redactor _redactor = new();

    public async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        try
        {
            // The name of the post step is GitHub's own; without it, who sets a variable could keep the token from being revoked.
            if (CiSystemDetection.IsAmbiguous(environment) && arguments is not [CommandLineInputs.Post])
            {
                await environment.Error.WriteAsync(CiSystemDetection.Ambiguity);
                await environment.Error.FlushAsync(CancellationToken.None);
                return ExitCode.Inputs;
            }

            return await RunReportedAsync(arguments, cancellation);
        }
        catch (Exception exception) when (IsOfAStream(exception))
        {
            return NotReported();
        }
    }

    private async Task<ExitCode> RunReportedAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var values = new InputValues();
        var problems = new InputProblems();
        var command = new ParsedCommand(Verb.Acquire);
        var system = CiSystemDetection.Detect(environment, isScript: false, problems, _redactor, time);
        try
        {
            command = CommandLineInputs.ReadInto(values, problems, arguments);
            if (command.IsOfScript)
            {
                system = CiSystemDetection.Detect(environment, isScript: true, problems, _redactor, time);
            }

            return system.EndWith(command.Verb switch
            {
                Verb.ShowHelp => await ShowHelpAsync(command.Text),
                // Most steps keep nothing, and then nothing else about them matters any more.
                Verb.Post when system.GetState(RevocationState.Name) is null => ExitCode.Done,
                _ => await RunAsync(command, values, problems, system, cancellation),
            });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            system.Info(command.Verb switch
            {
                Verb.Acquire => "Canceled: nothing was published to later steps",
                Verb.Get => "Canceled: nothing was printed",
                Verb.Exec => "Canceled: the command was not started",
                _ => "Canceled: the token may still be valid",
            });
            return command.Verb == Verb.Post ? ExitCode.Done : system.EndWith(ExitCode.Canceled);
        }
        catch (FailureException failure)
        {
            return Report(failure, command.Verb, system);
        }
        catch (Exception exception) when (IsOfAStream(exception))
        {
            return Report(PublishFailures.NotWritten("Standard output or standard error"), command.Verb, system);
        }
#pragma warning disable CA1031 // The one place where everything is caught: a bug must not print what it held.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Report(Bug.Describe(exception), command.Verb, system);
        }
    }

    /// <summary>A full disk, or a stream that is closed; every other file is handled where it is used.</summary>
    private static bool IsOfAStream(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>The stream where the failure was to be told cannot be written: perhaps the one for people can.</summary>
    private ExitCode NotReported()
    {
        try
        {
            environment.Error.Write($"Error: {PublishFailures.NotWritten("Standard output").Message}\n");
            environment.Error.Flush();
        }
        catch (Exception exception) when (IsOfAStream(exception))
        {
            // The exit code says it.
        }

        return ExitCode.Bug;
    }

    /// <summary>A clean-up that fails is worth a warning; the job itself has done what it was for.</summary>
    private static ExitCode Report(FailureException failure, Verb verb, ICiSystem system)
    {
        if (verb == Verb.Post)
        {
            system.Warning("The access token was not revoked", string.Join(' ', failure.Lines()));
            return system.EndWith(ExitCode.Done);
        }

        system.Report(failure);
        return system.EndWith(failure.ExitCode);
    }

    private async Task<ExitCode> ShowHelpAsync(string text)
    {
        await environment.Output.WriteAsync(text);
        await environment.Output.FlushAsync(CancellationToken.None);
        return ExitCode.Done;
    }

    private async Task<ExitCode> RunAsync(ParsedCommand command, InputValues values, InputProblems problems, ICiSystem system, CancellationToken cancellation)
    {
        await SecretFile.ReadAllIntoAsync(values, problems, environment, cancellation);
        system.ReadInputs(values, problems, command.IsOfStep);
        if (command.Verb == Verb.Revoke)
        {
            TokenToRevoke.ReadInto(values, environment);
        }

        // First of all, because every line after this could hold one, the complaint about a wrong input included.
        // The secrets that a script gives, the runner knows already; its streams may be kept, so they are not printed there.
        var masker = new Masker(_redactor, command.IsOfScript ? null : system);
        var unmasked = GivenSecrets(values).Where(secret => !masker.Mask(secret.Value)).Select(secret => secret.Name).ToList();

        var untrustedText = new UntrustedText(_redactor);
        var inputs = new InputReader(values, problems, untrustedText, command.IsOfStep || system is TerminalSystem ? system.MissingSecretHint : ScriptHint)
        {
            RevokesAtOnce = command.Verb == Verb.Revoke,
        };
        if (OpenSslInputs.Any(inputs.Given))
        {
            OpenSslLibrary.Load();
        }

        var network = NetworkSettings.Of(environment, system.ReadProxy());
        if (network.Proxy?.Password is { } password)
        {
            masker.Mask(password);
        }

        var request = TokenRequestFactory.Create(inputs, network);
        var store = StoreRegistry.Plan(request?.Reuse.Store, system is TerminalSystem ? environment : StoreVariables.OfJob(environment), system.Identity, problems);
        var token = command.Verb == Verb.Revoke ? inputs.RequiredSecret(Input.AccessToken, "the token in a file (--access-token-file) or in the variable that environment-variable names") : null;
        if (command.Verb == Verb.Acquire)
        {
            system.Check(inputs);
        }

        if (command.IsOfScript)
        {
            system.CheckScript(problems);
            Check(command, request, inputs);
        }

        InputListing.Debug(values, system, untrustedText);
        if (command.Command.Count > 0)
        {
            try
            {
                command = command with { Program = CommandLookup.Find(command.Command[0], environment) };
            }
            catch (FailureException) when (problems.Any)
            {
                problems.Add("command", "names no program that can be run; check its spelling, its permissions, and PATH.");
            }
        }

        if (problems.Any || request is null)
        {
            throw InputListing.Describe(problems);
        }

        MaskWhatFollowsFromSecrets(request, store, masker);
        foreach (var name in unmasked)
        {
            system.Warning("A secret is not masked",
                $"{name} has fewer than {DerivedForms.ShortestMask} characters; masking so short a text would blank every log line that holds it by chance.");
        }

        using var services = new Services(request, store, system, new Masker(_redactor, system), untrustedText, time);
        return await services.RunAsync(command, token, environment, cancellation);
    }

    private static void Check(ParsedCommand command, TokenRequest? request, InputReader inputs)
    {
        foreach (var name in new[] { Input.Revoke, Input.Seal, Input.Install }.Where(name => inputs.Flag(name)))
        {
            inputs.Problems.Add(name, "is for a step of a job, not for a script that calls this program; leave it out.");
        }

        if (command.Verb == Verb.Exec && request?.Export is { Variable: null, ToolEnvironment: false })
        {
            inputs.Problems.Add(Input.EnvironmentVariable, "is empty, and tool-environment is off: the command would get no token.");
        }
    }

    private static IEnumerable<(string Name, Secret Value)> GivenSecrets(InputValues values) =>
        from input in Input.All
        where input.IsSecret
        let value = values.Given(input.Name)
        // The path of a file is no secret; what it holds is masked once it is read.
        where value is not null && !(input.MayBePath && File.Exists(value))
        select (input.Name, new Secret(value));

    // What is masked already is not announced again.
    private static void MaskWhatFollowsFromSecrets(TokenRequest request, StorePlan? store, Masker masker)
    {
        foreach (var secret in request.Secrets.Concat(store?.Secrets ?? []))
        {
            masker.Mask(secret);
        }

        masker.MaskAsIs(ClientAuthentication.Pairs(request.Plan.Client));
    }
}
