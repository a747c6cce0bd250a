using Marten;
using Weasel.Storage;

namespace OneDoor.Platform;

/// <summary>What <c>erase</c> deletes besides, of what a capability has written of a thing's personal data.</summary>
/// <param name="Sql">With a ? for the thing's id.</param>
public sealed record ErasedBesides(string Sql);

/// <summary>Things with ids of their own that hold what a thing's personal data was copied to, and are erased with it.</summary>
/// <param name="Of">Their ids.</param>
public sealed record ErasedAlong(Func<IQuerySession, Guid, CancellationToken, Task<IReadOnlyList<Guid>>> Of);

/// <summary>
/// <c>erase</c>: erases the personal data of one thing. Its facts stay, with their order and their digests; what is stored beside them is
/// made anew from what remains.
/// </summary>
public sealed class ErasePersonalData(IDocumentStore store, SeparatePersonalData separate, IEnumerable<ReadModel> models, IEnumerable<ErasedBesides> besides, IEnumerable<ErasedAlong> along, FoundTable found,
    IConfiguration configuration, TimeProvider time)
{
    /// <summary>Runs it and says what it did.</summary>
    public async Task<int> Run(Guid id, CancellationToken ct)
    {
        await using var turn = new Turn(Store.ConnectionOf(configuration), Rebuild.Work);
        if (!await turn.IsOurs(ct))
            return await Commands.Refuse("What is stored is being rebuilt or withdrawn, and might come back: erase once that is over.");
        List<Guid> others = [];
        await using (var reading = store.QuerySession())
        {
            foreach (var copied in along)
                others.AddRange(await copied.Of(reading, id, ct));
        }
        // The thing itself last, by which the others are found again should this be cut short.
        foreach (var erasing in others.Append(id))
        {
            if (!await Erase(erasing, ct))
                return await Commands.Refuse($"There is nothing of the id {erasing} that holds personal data.");
            Console.WriteLine($"The personal data of {erasing} is erased.");
        }
        return 0;
    }

    // Whether there is such a thing.
    private async Task<bool> Erase(Guid id, CancellationToken ct)
    {
        await using var session = store.LightweightSession(new Marten.Services.SessionOptions { ConcurrencyChecks = ConcurrencyChecks.Disabled });
        var type = (await session.Events.FetchStreamStateAsync(id, ct))?.AggregateType;
        if (models.SingleOrDefault(m => m.Type == type) is not { } model)
            return false;

        await separate.Move(id, ct);
        // Changes wait from here on, so that none comes between what is read and what is written.
        await session.BeginTransactionAsync(ct);
        var (withdrawn, numbers) = (await session.Rows(
            $"select is_archived, (select data ->> 'number' from {Store.Schema}.{model.Table} where id = $1) from {Store.Schema}.mt_streams where id = $1 for update",
            row => (row.GetBoolean(0), row.IsDBNull(1) ? Array.Empty<string>() : [row.GetString(1)]), ct, id))[0];
        session.QueueSqlCommand($"delete from {PersonalParts.QualifiedName} where stream_id = ?", id);
        foreach (var erased in besides)
            session.QueueSqlCommand(erased.Sql, id);
        // Nor is it shown to whoever repeats a request of before under its key.
        string[] ids = [id.ToString()];
        session.QueueSqlCommand(Idempotency.Forget, ids, ids, numbers);
        session.Events.Append(PersonalDataErased.StreamOf(id), new PersonalDataErased(id, time.GetUtcNow()));
        // Of what was withdrawn from the sandbox nothing is stored but its facts.
        if (!withdrawn)
        {
            // Marten reads facts without their parts.
            var state = model.Fold((await session.Events.FetchStreamAsync(id, token: ct)).Select(e => e.Data));
            session.StoreObjects([state]);
            if (model.Listed is { } listed)
                found.Put(session, listed.Kind, listed.Find(state));
        }
        await session.SaveChangesAsync(ct);
        return true;
    }
}
