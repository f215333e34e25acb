using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Ccaas.Action.Http;

/// <summary>Handles every request: a timeout for each attempt, bounded bodies, retries, a log line for each attempt.</summary>
internal sealed class ResilienceHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<Attempts> AttemptsKey = new("attempts");

    private readonly Limits _limits;
    private readonly Deadline _deadline;
    private readonly Backoff _backoff;
    private readonly AttemptLog _log;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public ResilienceHandler(Limits limits, Deadline deadline, Backoff backoff, AttemptLog log, TimeProvider time)
    {
        _limits = limits;
        _deadline = deadline;
        _backoff = backoff;
        _log = log;
        _time = time;
        _pipeline = BuildPipeline();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var attempts = new Attempts(
            request, request.Options.TryGetValue(AttemptInfo.Key, out var report) ? report : new AttemptInfo("Request"));
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(AttemptsKey, attempts);
        try
        {
            var outcome = await _pipeline.ExecuteOutcomeAsync(SendOnceAsync, context, attempts);
            _log.Last(attempts.Report, MaxAttempts(attempts.Report), outcome, _time.GetElapsedTime(attempts.Report.StartedTimestamp),
                cancellationToken);
            outcome.ThrowIfException();
            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline<HttpResponseMessage> BuildPipeline()
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _time };
        if (_limits.MaxAttempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = _limits.MaxAttempts - 1,
                ShouldHandle = arguments => ValueTask.FromResult(ShouldRetry(arguments)),
                DelayGenerator = arguments =>
                    ValueTask.FromResult<TimeSpan?>(arguments.Context.Properties.GetValue(AttemptsKey, null!).Wait),
                OnRetry = LogRetry,
            });
        }

        return builder.AddTimeout(new TimeoutStrategyOptions { Timeout = _limits.AttemptTimeout }).Build();
    }

    private async ValueTask<Outcome<HttpResponseMessage>> SendOnceAsync(ResilienceContext context, Attempts attempts)
    {
        attempts.Report.Count++;
        attempts.Report.IsLogged = false;
        attempts.Report.StartedAt = _time.GetUtcNow();
        attempts.Report.StartedTimestamp = _time.GetTimestamp();
        try
        {
            attempts.Report.Prepare?.Invoke(attempts.Request);
            var response = await base.SendAsync(attempts.Request, context.CancellationToken);
            // Part of the attempt, so that a slow or incomplete body counts like a slow or broken connection.
            await BoundedBody.BufferAsync(response, context.CancellationToken);
            return Outcome.FromResult(response);
        }
#pragma warning disable CA1031 // Not swallowed: the outcome passes it to the strategies and out of the pipeline.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Outcome.FromException<HttpResponseMessage>(exception);
        }
    }

    private bool ShouldRetry(RetryPredicateArguments<HttpResponseMessage> arguments)
    {
        var attempts = arguments.Context.Properties.GetValue(AttemptsKey, null!);
        // Polly calls this after the last attempt as well; then only RetryAfterTooLong is set.
        var asked = arguments.Outcome.Result is { } response ? RetryAfter.Read(response, _time) : null;
        var better = arguments.Outcome switch
        {
            { Exception: { } exception } => RetryTable.IsTransient(exception),
            { Result: { } result } => RetryTable.IsTransient(result, Error(result), attempts.Report.KnownErrors),
            _ => false,
        };
        if (!better || attempts.Report.Count >= attempts.Report.MaxAttempts || arguments.Context.CancellationToken.IsCancellationRequested)
        {
            return false;
        }

        var left = _deadline.Remaining;
        attempts.Wait = asked is { Ticks: > 0 } wish ? _backoff.RetryAfterDelay(wish, left) : _backoff.Wait(arguments.AttemptNumber);
        if (attempts.Wait < left)
        {
            return true;
        }

        attempts.Report.RetryAfterTooLong = asked is not null;
        return false;
    }

    private int MaxAttempts(AttemptInfo report) => Math.Min(report.MaxAttempts, _limits.MaxAttempts);

    private static VendorError Error(HttpResponseMessage response) =>
        // The body is already in memory.
        response.StatusCode >= HttpStatusCode.BadRequest ? VendorError.Parse(HttpExchange.Body(response)) : VendorError.None;

    private ValueTask LogRetry(OnRetryArguments<HttpResponseMessage> arguments)
    {
        var report = arguments.Context.Properties.GetValue(AttemptsKey, null!).Report;
        _log.Retried(report, MaxAttempts(report), arguments.Outcome, arguments.Duration, arguments.RetryDelay);
        arguments.Outcome.Result?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The state of one request in the pipeline.</summary>
    private sealed class Attempts(HttpRequestMessage request, AttemptInfo report)
    {
        public HttpRequestMessage Request => request;

        public AttemptInfo Report => report;

        /// <summary>The wait before the next attempt.</summary>
        public TimeSpan Wait { get; set; }
    }
}
