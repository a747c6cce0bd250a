using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marten;
using OneDoor.Platform;

namespace OneDoor.Tickets;

/// <summary>GET /v1/tickets/{id}, now or as of a past instant, and its history.</summary>
public static class GetTicket
{
    public static void MapGetTicket(this IEndpointRouteBuilder tickets)
    {
        tickets.MapGet("/{id:guid}", Handle)
            .Needs(TicketOperations.Code, Scopes.TicketsTake, Scopes.QueueOperate)
            .ReadsOne<TicketView>("getTicket", "Read a ticket, how many are ahead of it and how long it is likely to wait", TicketExamples.Waiting)
            .WithDescription("Now, or as of a past instant: of then neither how many were ahead is told nor how long it would wait.");
        tickets.MapGet("/{id:guid}/history", History)
            .Needs(TicketOperations.Code, Scopes.TicketsTake, Scopes.QueueOperate)
            .ReadsOne<TicketHistory>("getTicketHistory", "Read what happened to a ticket, in order", TicketExamples.History);
    }

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, TicketReader reader, Etags etags, CancellationToken ct,
        [DataType(DataType.DateTime), Description("An instant with its offset: the ticket as it was then.")] string? asOf = null)
    {
        var parameters = new Parameters();
        var instant = parameters.Instant(asOf, "asOf");
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        return await reader.Read(id, null, instant, "GET /v1/tickets/{id:guid}", ct) is { } seen ? etags.Ok(http, id, seen.Version, seen) : TicketRefusals.NotFound.ToProblem();
    }

    private static async Task<IResult> History(Guid id, HttpContext http, TicketReader reader, Etags etags, CancellationToken ct) =>
        await reader.Read(id, null, null, "GET /v1/tickets/{id:guid}/history", ct) is { } seen
            ? etags.Ok(http, id, seen.Version, new TicketHistory(await reader.HistoryOf(id, ct))) : TicketRefusals.NotFound.ToProblem();
}

/// <summary>Reads tickets for whoever may see them, by token or by code, for both doors.</summary>
public sealed class TicketReader(IDocumentStore store, StoredFacts facts, TicketDesk desk, Caller caller, ReadLog reads, IHttpContextAccessor accessor, TimeProvider time)
{
    /// <summary>The ticket as the reader may see it, as it stands now or stood then; null when it does not exist for them.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="code">The code that is shown, where it does not come in a header.</param>
    /// <param name="asOf">When; null for now.</param>
    /// <param name="operation">What the log of reads calls it.</param>
    /// <param name="ct">Cancels the request.</param>
    public async Task<TicketView?> Read(Guid id, string? code, DateTimeOffset? asOf, string operation, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var now = time.GetUtcNow();
        var typed = new ShownCode { Value = code }.Of(accessor.HttpContext!.Request, TicketOperations.Code);
        var viewer = typed is null ? caller.Actor : new Actor("", "") { CodeDigest = desk.DigestOf(typed) };
        if (id == Guid.Empty || (await session.LoadAsync<Ticket>(id, ct))?.SeenBy(viewer, now) is not { } found)
            return null;
        if (typed is null)
            reads.Note(caller, operation, "ticket", [id]);
        if (asOf is { } then && then < now)
            return (await facts.AsOf<Ticket, TicketFact>(id, then, ct))?.At(then) is { } was ? TicketView.Of(was, null) : null;
        return TicketView.Of(found.At(now), found.DueAt is null ? null : await session.QueueOf(found.Hall, now, ct));
    }

    /// <summary>What has happened to a ticket by now, whether it is recorded yet or not.</summary>
    public async Task<IReadOnlyList<TicketEvent>> HistoryOf(Guid id, CancellationToken ct)
    {
        var stored = await facts.Of<TicketFact>(id, ct);
        return [.. stored.Concat(stored.Aggregate(default(Ticket), Ticket.Evolve)!.Lapse(time.GetUtcNow())).Select(TicketEvent.Of)];
    }
}
