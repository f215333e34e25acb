namespace Ccaas.Action;

/// <summary>One run of the program, from its arguments to its exit code.</summary>
internal sealed class Application(ProcessEnvironment environment, TimeProvider time)
{
    private const string ScriptHint =
        " A script is given it as CCAAS_<NAME> in its environment, such as CCAAS_CLIENT_SECRET: map the secret there, under env:.";

    /// <summary>Inputs that need OpenSSL to be read.</summary>
    private static readonly string[] OpenSslInputs = [Input.CaCertificate, Input.ClientCertificate, Input.ClientKey, Input.PrivateKey];

    private readonly Redactor _redactor = new();
    private readonly InputValues _values = new();
    private readonly InputProblems _problems = new();

    public async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        try
        {
            // Only GitHub has a post step of this name. If it were refused too, an earlier step could prevent the revocation.
            if (CiSystemDetection.IsAmbiguous(environment.Variables) && arguments is not [CommandLineInputs.Post])
            {
                await environment.Error.WriteAsync(CiSystemDetection.Ambiguity);
                await environment.Error.FlushAsync(CancellationToken.None);
                return ExitCode.Inputs;
            }

            return await RunReportedAsync(arguments, cancellation);
        }
        catch (Exception exception) when (IsStreamFailure(exception))
        {
            return ReportUnwritable();
        }
    }

    private async Task<ExitCode> RunReportedAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var command = new ParsedCommand(Verb.Acquire);
        var system = CiSystemDetection.Detect(environment, isScript: false, _problems, _redactor, time);
        try
        {
            command = CommandLineInputs.ReadInto(_values, _problems, arguments);
            if (command.IsOfScript)
            {
                system = CiSystemDetection.Detect(environment, isScript: true, _problems, _redactor, time);
            }

            return system.Complete(command.Verb switch
            {
                Verb.ShowHelp => await ShowHelpAsync(command.Text),
                // Most steps save nothing to revoke, and then their inputs do not matter.
                Verb.Post when system.GetState(RevocationState.Name) is null => ExitCode.Done,
                _ => await RunCommandAsync(command, system, cancellation),
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
            return command.Verb == Verb.Post ? ExitCode.Done : system.Complete(ExitCode.Canceled);
        }
        catch (FailureException failure)
        {
            return Report(failure, command.Verb, system);
        }
        catch (Exception exception) when (IsStreamFailure(exception))
        {
            return Report(PublishFailures.NotWritten("Standard output or standard error"), command.Verb, system);
        }
#pragma warning disable CA1031 // The one place that catches everything: the message of an unexpected exception may contain a secret.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Report(Bug.Describe(exception), command.Verb, system);
        }
    }

    /// <summary>Failures of files are handled where they are used, so it is a standard stream: closed, or on a full disk.</summary>
    private static bool IsStreamFailure(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>For a failure that could not be printed: standard error may still work.</summary>
    private ExitCode ReportUnwritable()
    {
        try
        {
            environment.Error.Write($"Error: {PublishFailures.NotWritten("Standard output").Message}\n");
            environment.Error.Flush();
        }
        catch (Exception exception) when (IsStreamFailure(exception))
        {
            // There is still the exit code.
        }

        return ExitCode.Bug;
    }

    private static ExitCode Report(FailureException failure, Verb verb, ICiSystem system)
    {
        // A failed revocation must not fail the job, which has done its work.
        if (verb == Verb.Post)
        {
            system.Warning("The access token was not revoked", string.Join(' ', failure.Lines()));
            return system.Complete(ExitCode.Done);
        }

        system.Report(failure);
        return system.Complete(failure.ExitCode);
    }

    private async Task<ExitCode> ShowHelpAsync(string text)
    {
        await environment.Output.WriteAsync(text);
        await environment.Output.FlushAsync(CancellationToken.None);
        return ExitCode.Done;
    }

    /// <summary>Reads and checks everything, reports all problems together, and runs the command.</summary>
    private async Task<ExitCode> RunCommandAsync(ParsedCommand command, ICiSystem system, CancellationToken cancellation)
    {
        await SecretFile.ReadAllIntoAsync(_values, _problems, environment, cancellation);
        system.ReadInputs(_values, _problems, command.IsOfStep);
        if (command.Verb == Verb.Revoke)
        {
            TokenToRevoke.ReadInto(_values, environment);
        }

        // Before any line is printed: even the message about a wrong input may contain a secret. The CI system has masked the
        // secrets of a script already, and a script's output may go to a file, so they are not printed there.
        var masker = new Masker(_redactor, command.IsOfScript ? null : system);
        var unmasked = GivenSecrets().Where(secret => !masker.Mask(secret.Value)).Select(secret => secret.Name).ToList();

        var untrustedText = new UntrustedText(_redactor);
        var hint = command.IsOfStep || system is TerminalSystem ? system.MissingSecretHint : ScriptHint;
        var inputs = new InputReader(_values, _problems, untrustedText, hint) { RevokesAtOnce = command.Verb == Verb.Revoke };
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
        var storeVariables = system is TerminalSystem ? environment : StoreVariables.OfJob(environment);
        var store = StoreRegistry.Plan(request?.Reuse.Store, storeVariables, system.Identity, _problems);
        Secret? token = null;
        if (command.Verb == Verb.Revoke)
        {
            token = inputs.RequiredSecret(
                Input.AccessToken, "the token in a file (--access-token-file) or in the variable that environment-variable names");
        }
        else if (command.Verb == Verb.Acquire)
        {
            system.Check(inputs);
        }
        else if (command.IsOfScript)
        {
            system.CheckScript(_problems);
            CheckScript(command, request, inputs);
        }

        InputListing.Debug(_values, system, untrustedText);
        command = FindProgram(command);
        if (_problems.Any || request is null)
        {
            throw InputListing.Describe(_problems);
        }

        foreach (var secret in request.Secrets.Concat(store?.Secrets ?? []))
        {
            masker.Mask(secret);
        }

        masker.MaskAsIs(ClientAuthentication.Pairs(request.Plan.Client));
        foreach (var name in unmasked)
        {
            system.Warning(
                "A secret is not masked",
                $"{name} has fewer than {DerivedForms.ShortestMask} characters; "
                + "masking so short a text would blank every log line that holds it by chance.");
        }

        using var services = new Services(request, store, system, new Masker(_redactor, system), untrustedText, time);
        return await services.RunAsync(command, token, environment, cancellation);
    }

    private void CheckScript(ParsedCommand command, TokenRequest? request, InputReader inputs)
    {
        foreach (var name in new[] { Input.Revoke, Input.Seal, Input.Install }.Where(name => inputs.Flag(name)))
        {
            _problems.Add(name, "is for a step of a job, not for a script that calls this program; leave it out.");
        }

        if (command.Verb == Verb.Exec && request?.Export is { Variable: null, ToolEnvironment: false })
        {
            _problems.Add(Input.EnvironmentVariable, "is empty, and tool-environment is off: the command would get no token.");
        }
    }

    private ParsedCommand FindProgram(ParsedCommand command)
    {
        try
        {
            return command.Command is [var program, ..] ? command with { Program = CommandLookup.Find(program, environment) } : command;
        }
        catch (FailureException) when (_problems.Any)
        {
            _problems.Add("command", "its program cannot be run; check its spelling, its permissions and PATH.");
            return command;
        }
    }

    private IEnumerable<(string Name, Secret Value)> GivenSecrets() =>
        from input in Input.All
        where input.IsSecret
        let value = _values.Given(input.Name)
        // A path is no secret; the text of the file is masked when it has been read.
        where value is not null && !(input.MayBePath && File.Exists(value))
        select (input.Name, new Secret(value));
}
