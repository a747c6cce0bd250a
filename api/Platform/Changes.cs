using System.Text.Json;
using JasperFx.Events;
using Marten;

namespace OneDoor.Platform;

/// <summary>What every change is made with.</summary>
/// <param name="Session">Where a change puts its facts; they are committed together, with the answer.</param>
public sealed record ChangeTools(
    IDocumentSession Session, IDocumentStore Store, Caller Caller, Idempotency Idempotency, Etags Etags, IReceipts Receipts, IHttpContextAccessor Accessor, TimeProvider Time)
{
    public HttpContext Http => Accessor.HttpContext!;

    public DateTimeOffset Now => Time.GetUtcNow();
}

/// <summary>Signs for what was done.</summary>
public interface IReceipts
{
    /// <summary>The receipt for a change: a compact JWS.</summary>
    /// <param name="thing">What it calls the thing.</param>
    /// <param name="id">The thing.</param>
    /// <param name="version">The version that the change led to.</param>
    /// <param name="stored">The facts, where this process has just stored them; else they are read.</param>
    Task<string> Of(string thing, Guid id, int version, IReadOnlyList<IEvent>? stored, CancellationToken ct);
}

/// <summary>Makes changes that commands ask for.</summary>
public interface IChanges<in TCommand>
{
    /// <summary>Changes a thing, for REST: who comes too late is told the present tag.</summary>
    /// <param name="id">The thing.</param>
    /// <param name="ifMatch">The version the caller saw (CASE-7).</param>
    /// <param name="body">What was sent, which an idempotency key belongs to.</param>
    /// <param name="command">What the caller asks.</param>
    Task<IResult> Apply(Guid id, string? ifMatch, object? body, TCommand command, CancellationToken ct);

    /// <inheritdoc cref="Apply"/>
    Task<Outcome> Change(Guid id, string? ifMatch, object? body, TCommand command, CancellationToken ct);
}

/// <summary>
/// The way every change goes, of things of one kind: find the thing for the caller, compare versions, ask the rule, append its facts,
/// answer with the thing as the caller sees it then.
/// </summary>
public abstract class Changes<TState, TFact, TCommand>(ChangeTools tools, IResource resource) : IChanges<TCommand> where TState : class, IFolded<TState, TFact> where TFact : class, IFact
{
    // What a receipt calls the thing.
    private static readonly string OnReceipt = JsonNamingPolicy.CamelCase.ConvertName(typeof(TState).Name);

    private Guid _changed;
    private IReadOnlyList<IEvent>? _stored;

    protected ChangeTools Tools { get; } = tools;

    private string InLanguage => Language.Of(Tools.Http.Request);

    /// <summary>What a thing is answered with that does not exist for the caller.</summary>
    protected Refusal NotFound => resource.NotFound;

    /// <summary>
    /// The rule, with what it needs to know. It may change other streams as well, in the same session; where somebody else was first to change one of them, it is
    /// asked anew, and nothing of the time before counts.
    /// </summary>
    protected abstract Task<Decision<TFact>> Decide(TState? before, TCommand command, CancellationToken ct);

    /// <summary>What is answered holds something that is shown this once, or that nobody would find to erase: kept under its idempotency key alone.</summary>
    protected virtual bool HoldsSecret => false;

    /// <summary>Facts keep the trace of their request, and whoever is told of them learns it: not of what may hide who did it.</summary>
    protected virtual bool KeepsTrace => false;

    /// <summary>The id of what was begun, or changed by an address that does not name it, from the answer that was given then.</summary>
    protected virtual Guid IdIn(Answer given) => given.Read<JsonElement>().GetProperty("id").GetGuid();

    /// <summary>What a reader is shown of what they may see, as of a version.</summary>
    protected abstract object View(TState seen, int version, string language);

    public async Task<IResult> Apply(Guid id, string? ifMatch, object? body, TCommand command, CancellationToken ct) =>
        await Told(id, await Change(id, ifMatch, body, command, ct), ct);

    public Task<Outcome> Change(Guid id, string? ifMatch, object? body, TCommand command, CancellationToken ct) => Change(id, ifMatch, body, command, null, ct);

    /// <summary>Changes a thing that is there before its first fact, for REST.</summary>
    /// <inheritdoc cref="IChanges{TCommand}.Apply"/>
    /// <param name="untouched">What it is until then; null where it does not exist.</param>
    public async Task<IResult> Apply(TState? untouched, string? ifMatch, TCommand command, CancellationToken ct) =>
        await Told(untouched?.Id ?? Guid.Empty, await Change(untouched, ifMatch, command, ct), ct);

    /// <inheritdoc cref="Apply(TState, string, TCommand, CancellationToken)"/>
    public Task<Outcome> Change(TState? untouched, string? ifMatch, TCommand command, CancellationToken ct) => Change(untouched?.Id ?? Guid.Empty, ifMatch, command, command, untouched, ct);

    /// <inheritdoc cref="Apply(TState, string, TCommand, CancellationToken)"/>
    protected virtual Task<Outcome> Change(Guid id, string? ifMatch, object? body, TCommand command, TState? untouched, CancellationToken ct) =>
        Once(body, () => Append(id, before => Tools.Etags.Refused(ifMatch, id, before.Version), command, untouched, ct), id, ct);

    /// <summary>REST's answer: who comes too late is told the present tag.</summary>
    protected async Task<IResult> Told(Guid id, Outcome outcome, CancellationToken ct)
    {
        if (outcome.Refused == RequestRefusals.Stale)
        {
            // Nothing more is done with the change's own, which may hold a connection.
            await Tools.Session.DisposeAsync();
            await using var since = Tools.Store.QuerySession();
            if ((await since.LoadAsync<TState>(id, ct))?.SeenBy(Tools.Caller.Actor, Tools.Now) is { } now)
                Tools.Http.Response.Headers.ETag = Answer(now, now.Version).Etag;
        }
        return outcome.ToResult();
    }

    /// <summary>Begins a thing, at the address of its kind.</summary>
    /// <param name="command">What the caller asks, and sent.</param>
    public Task<Outcome> Begin(TCommand command, CancellationToken ct) => Begin(command, id => $"{resource.Address}/{id}", ct);

    /// <inheritdoc cref="Begin(TCommand, CancellationToken)"/>
    /// <param name="command">What the caller asks, and sent.</param>
    /// <param name="address">The new thing's, by its id.</param>
    public Task<Outcome> Begin(TCommand command, Func<Guid, string> address, CancellationToken ct) => Once<object?>(
        command,
        async () =>
        {
            var decision = await Decide(before: null, command, ct);
            if (decision.Refused is { } refused)
                return refused;
            var begun = decision.Facts.Aggregate(default(TState), TState.Evolve)!;
            (_changed, _stored) = (begun.Id, Tools.Session.Events.StartStream<TState>(begun.Id, decision.Facts).Events);
            // As of when it began: whoever sees it for that day alone may have the answer in the next.
            return Answer(begun.SeenBy(Tools.Caller.Actor, decision.Facts[0].At)!, begun.Version, address(begun.Id));
        },
        id: null,
        ct);

    /// <summary>Changes a thing as it stands, whatever version somebody saw; what they send names it.</summary>
    protected Task<Outcome> ChangeInTurn(Guid id, TCommand command, CancellationToken ct) => Once(command, () => AppendInTurn(id, command, untouched: null, ct), id, ct);

    /// <summary>Puts a change into the session that is made to a thing as it stands: for what is decided one after the other, whatever version somebody saw.</summary>
    /// <param name="id">The thing.</param>
    /// <param name="command">What the caller asks.</param>
    /// <param name="untouched">What it is before its first fact; null where it does not exist.</param>
    protected Task<Outcome> AppendInTurn(Guid id, TCommand command, TState? untouched, CancellationToken ct) => Append(id, _ => null, command, untouched, ct);

    private async Task<Outcome> Append(Guid id, Func<TState, Refusal?> stale, TCommand command, TState? untouched, CancellationToken ct)
    {
        if (id == Guid.Empty)
            return NotFound; // The store takes it for a mistake of ours.
        var stream = await Tools.Session.Events.FetchForWriting<TState>(id, ct);
        if ((stream.Aggregate ?? untouched) is not { } before || before.SeenBy(Tools.Caller.Actor, Tools.Now) is not { } seenBefore)
            return NotFound;
        if (stale(before) is { } refusedAs)
            return refusedAs;
        var decision = await Decide(before, command, ct);
        if (decision.Refused is { } refused)
            return refused;

        stream.AppendMany(decision.Facts);
        (_changed, _stored) = (id, stream.Events);
        var after = decision.Facts.Aggregate(before, TState.Evolve);
        // Who is left without a share by what they did, as a department that passed its last step on, has a last look.
        return Answer(after.SeenBy(Tools.Caller.Actor, Tools.Now) ?? seenBefore, after.Version);
    }

    /// <summary>Makes a change once, and signs for it once it is committed; and again to whoever repeats it, who may not have had the receipt.</summary>
    /// <param name="body">What is asked; an idempotency key belongs to it.</param>
    /// <param name="change">Decides the change and puts it into the session.</param>
    /// <param name="id">The thing, where it is known before; null where the answer has it.</param>
    protected async Task<Outcome> Once<T>(T body, Func<Task<Outcome>> change, Guid? id, CancellationToken ct)
    {
        if (KeepsTrace)
            Tools.Session.KeepTrace(Tools.Http);
        var outcome = await Tools.Idempotency.Once(body, change, ct);
        // To what is in version 0 nothing has happened yet.
        if (outcome.Answer is not { } answer || Etags.VersionOf(answer.Etag) is not (> 0 and var version))
            return outcome;
        // What was answered before was stored by another request.
        var (changed, stored) = answer.Shown is null ? (id ?? IdIn(answer), null) : (_changed, _stored);
        return answer with { Receipt = await Tools.Receipts.Of(OnReceipt, changed, version, stored, ct) };
    }

    private Answer Answer(TState seen, int version, string? address = null)
    {
        var view = View(seen, version, InLanguage);
        var body = JsonSerializer.SerializeToUtf8Bytes(view, RestJson.Options);
        return new Answer(
            address is null ? StatusCodes.Status200OK : StatusCodes.Status201Created, address,
            Tools.Etags.Of(seen.Id, version, InLanguage, Tools.Caller.Actor, body), body)
        { Shown = view, HoldsSecret = HoldsSecret };
    }
}
