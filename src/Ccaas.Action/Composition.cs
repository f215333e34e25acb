using Ccaas.Action.CommandLine;
using Ccaas.Action.Commands;
using Ccaas.Action.Foundation;
using Ccaas.Action.Http;
using Ccaas.Action.Inputs;
using Ccaas.Action.Masking;
using Ccaas.Action.Requests;
using Ccaas.Action.Reuse;
using Ccaas.Action.Revocation;
using Ccaas.Action.Stores;
using Ccaas.Action.Systems;

namespace Ccaas.Action;

/// <summary>Puts the commands together for one request. What talks to servers is made when the first server is asked: a token that is there already needs none.</summary>
internal sealed class Composition : IDisposable
{
    private readonly TokenRequest _request;
    private readonly StorePlan? _storePlan;
    private readonly ICiSystem _system;
    private readonly Masker _masker;
    private readonly ForeignText _foreignText;
    private readonly TimeProvider _time;
    private readonly Deadline _deadline;
    private readonly Lazy<Exchanges> _exchanges;
    private readonly Lazy<Servers> _servers;

    public Composition(TokenRequest request, StorePlan? store, ICiSystem system, Masker masker, ForeignText foreignText, TimeProvider time)
    {
        _request = request;
        _storePlan = store;
        _system = system;
        _masker = masker;
        _foreignText = foreignText;
        _time = time;
        _deadline = new Deadline(time, request.Limits.Timeout);
        _exchanges = new Lazy<Exchanges>(() => new Exchanges(request, _deadline, system, masker, foreignText, time));
        _servers = new Lazy<Servers>(() => _exchanges.Value.Servers);
    }

    /// <returns>The failure, or null; and what the process is to end with when there is none.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled.</exception>
    public async Task<(Failure? Failure, ExitCode Code)> RunAsync(Ask ask, Secret? token, Surroundings surroundings, CancellationToken cancellation)
    {
        if (ask.Verb is Verb.Revoke or Verb.Post)
        {
            var revoke = new RevokeCommand(_request, _masker, _servers, JobCache());
            return (ask.Verb == Verb.Revoke
                ? await revoke.RunAsync(token!, cancellation).ConfigureAwait(false)
                : await revoke.RunAsync(_system.Kept(RevocationState.Name)!, cancellation).ConfigureAwait(false), ExitCode.Done);
        }

        using var reuse = Reuse();
        var acquisition = new TokenAcquisition(_request, _system, _masker, reuse, _servers, _time);
        switch (ask.Verb)
        {
            case Verb.Get:
                return (await new GetCommand(acquisition, surroundings.Output).RunAsync(cancellation).ConfigureAwait(false), ExitCode.Done);
            case Verb.Exec:
                var exec = new ExecCommand(acquisition, surroundings, ask.Program, ask.Command);
                return (await exec.RunAsync(cancellation).ConfigureAwait(false), exec.Ended);
            default:
                return (await new AcquireCommand(_request, acquisition, _system).RunAsync(cancellation).ConfigureAwait(false), ExitCode.Done);
        }
    }

    public void Dispose()
    {
        if (_exchanges.IsValueCreated)
        {
            _exchanges.Value.Dispose();
        }

        _deadline.Dispose();
    }

    private TokenReuse Reuse()
    {
        var policy = _request.Reuse;
        if (policy.JobCache && !_request.HasKey)
        {
            _system.Debug($"The token is not kept for other steps of this job: that {KeyStrength.NoKey}");
        }

        var handOver = policy.Seal || policy.SealedToken is not null ? TokenSeal.ForHandOver(_request, _system.JobRun, _time) : null;
        return new TokenReuse(policy, _request.HasCredentials, handOver, JobCache(), StoreCache(), _system);
    }

    // Without credentials there is nothing to ask a vendor for.
    private JobCache? JobCache() => _request is { Reuse.JobCache: true, HasCredentials: true, HasKey: true } && _system.JobFolder is { } folder
        ? new JobCache(folder, _request.Plan.Identity, TokenSeal.ForJob(_request, _time), _deadline, _system, _time)
        : null;

    private StoreCache? StoreCache() => _storePlan is not null && _request.HasCredentials
        ? new StoreCache(
            _storePlan.Shown,
            () => _storePlan.Open(new StoreConnection(_exchanges.Value.Http, _masker, _foreignText, _time)),
            TokenSeal.ForStore(_request, _time),
            _deadline,
            Random.Shared.NextDouble,
            _system,
            _time)
        : null;
}
