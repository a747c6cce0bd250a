using System.Security.Claims;
using OneDoor.Cases;
using OneDoor.Catalogue;

namespace OneDoor.Batches;

/// <summary>Makes a case of one line, as POST /v1/cases would for whoever sent the batch.</summary>
public sealed partial class SubmitLine(IServiceScopeFactory scopes, CurrentCatalogue catalogue, BatchTable table, ILogger<SubmitLine> log)
{
    /// <summary>Submits it, and notes what it came to; what cannot be told now is left to the next look.</summary>
    /// <returns>Whether that is noted.</returns>
    public async Task<bool> Submit(Batch batch, StoredLine line, CancellationToken ct)
    {
        if (line.Cells is not { } cells)
        {
            // Erased before it was its turn.
            await table.Failed(batch.Id, line.Number, LineProblem.Of(BatchRefusals.FileDropped, batch.Columns), ct);
            return true;
        }
        try
        {
            var application = batch.Application(cells, (await catalogue.Find(batch.Item, ct))?.Form);
            var outcome = await AsSender(batch, $"batch {batch.Id} {line.Number}", changes =>
                changes.Submit(application, (session, id) => table.Done(session, batch.Id, line.Number, id), ct));
            // Given before under the same key: the line is that case.
            if (outcome.Answer is { Shown: null, Location: { } known })
                await table.Done(batch.Id, line.Number, Guid.Parse(known.AsSpan(known.LastIndexOf('/') + 1)), ct);
            // One that another request is on, or that came second, is still to be told.
            if (outcome.Refused is not { } refused)
                return true;
            if (refused == PlatformRefusals.KeyInUse || refused == RequestRefusals.Stale)
                return false;
            await table.Failed(batch.Id, line.Number, LineProblem.Of(refused, batch.Columns), ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && !StoreFaults.IsDatabaseAway(fault))
        {
            // One that nothing can be made of holds up none of the others.
            LogFailed(log, batch.Id, line.Number, fault);
            await table.Failed(batch.Id, line.Number, LineProblem.Of(BatchRefusals.LineFailed, batch.Columns), ct);
        }
        return true;
    }

    // In a request of its own, which nobody waits for: by whom and under which key is all that is asked of it.
    private async Task<Outcome> AsSender(Batch batch, string key, Func<CaseChanges, Task<Outcome>> submit)
    {
        await using var scope = scopes.CreateAsyncScope();
        var accessor = scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>();
        accessor.HttpContext = new DefaultHttpContext { User = SenderOf(batch), RequestServices = scope.ServiceProvider };
        try
        {
            scope.ServiceProvider.GetRequiredService<Idempotency>().Request = new(key, "/v1/cases", IfMatch: null);
            return await submit(scope.ServiceProvider.GetRequiredService<CaseChanges>());
        }
        finally
        {
            accessor.HttpContext = null;
        }
    }

    // What the token said with which the batch was sent.
    private static ClaimsPrincipal SenderOf(Batch batch)
    {
        var by = batch.By;
        List<Claim> claims = [new("client_id", by.Client), new("sub", by.Subject), new("scope", by.IsSupervisor ? $"{Scopes.CasesSubmit} {Scopes.CasesSupervise}" : Scopes.CasesSubmit)];
        if (by.Department is { } department)
            claims.Add(new(Claims.Department, Kebab.Of(department)));
        if (by.Hall is { } hall)
            claims.Add(new(Claims.Hall, hall));
        if (by.Applicant is { } applicant)
            claims.AddRange([new(Claims.Applicant, applicant), new(Claims.ApplicantName, batch.Employer.Name)]);
        return new(new ClaimsIdentity(claims, "batch"));
    }

    [LoggerMessage(LogLevel.Error, "Line {Line} of batch {Batch} could not be handled")]
    private static partial void LogFailed(ILogger log, Guid batch, int line, Exception fault);
}
