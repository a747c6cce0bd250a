using System.ComponentModel;
using System.Globalization;
using System.Net.Mime;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Batches;

/// <summary>A batch and its lines: read, followed while it runs, and reported.</summary>
public static class GetBatch
{
    public static void MapGetBatch(this IEndpointRouteBuilder batches)
    {
        batches.MapGet("/template", Template)
            .AllowAnonymous()
            .WithName("getBatchTemplate")
            .WithSummary("Get the template for batches of an item (模板)")
            .WithDescription("A file whose one row names the columns. As CSV, or with Accept as XLSX, whose columns are text.")
            .Produces<byte[]>(StatusCodes.Status200OK, BatchFiles.Csv, BatchFiles.Xlsx)
            .Refuses(400, 422);
        batches.MapGet("/{id:guid}", One)
            .Needs(Scopes.CasesSubmit)
            .ReadsOne<BatchView>("getBatch", "Read how far a batch is, now or as of a past instant (批次进度)", BatchExamples.Running)
            .WithDescription("With Accept: text/event-stream an event `batch` with the whole of it now and whenever it has changed, until it has ended, and an event `alive` in between.");
        batches.MapGet("/{id:guid}/lines", Lines)
            .Needs(Scopes.CasesSubmit)
            .ReadsOne<Page<BatchLineView>>("listBatchLines", "List the lines of a batch and what became of them, in the file's order", new Page<BatchLineView>([BatchExamples.Line], null));
        batches.MapGet("/{id:guid}/report", Report)
            .Needs(Scopes.CasesSubmit)
            .WithName("getBatchReport")
            .WithSummary("Get the lines that were refused, each with what is wrong, to be mended and sent again (问题清单)")
            .WithDescription("As CSV in UTF-8, or with Accept as XLSX, in which a spreadsheet keeps the numbers of documents as they are. It has the file's columns and two more, which may stay when it is sent.")
            .Produces<byte[]>(StatusCodes.Status200OK, BatchFiles.Csv, BatchFiles.Xlsx)
            .Produces(StatusCodes.Status304NotModified)
            .Refuses(400, 404);
    }

    private static async Task<IResult> Template(
        HttpContext http, CurrentCatalogue catalogue, TimeProvider time, [Description("The item's code.")] string item, CancellationToken ct)
    {
        var published = await catalogue.Find(item, ct);
        if (Batch.NotOffered(published, LegalClock.DayOf(time.GetUtcNow())) is { } refused)
            return refused.ToProblem();
        http.IsForAll();
        var language = Language.Of(http.Request);
        return await BatchFiles.Write(http, $"{item}-template", [[.. BatchColumns.Of(published!.Form)!.Select(column => column.Label.In(language))]]);
    }

    private static async Task<IResult> One(
        Guid id, HttpContext http, ReadingTools tools, BatchReader reader, CancellationToken ct, [Description("An instant with its offset: as it was then.")] InstantParameter? asOf = null)
    {
        if (asOf is not null || !http.Prefers(MediaTypeNames.Text.EventStream))
            return await ListBatches.One.Answer(tools, id, asOf, ct);
        if (await reader.Find(id, ReadLog.OperationOf(http), ct) is null)
            return BatchRefusals.NotFound.ToProblem();
        // A proxy that gathers what is sent would keep whoever follows waiting.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return reader.Follow(id, http.User, ct) is { } followed ? TypedResults.ServerSentEvents(Told(followed, ct)) : BatchRefusals.TooManyFollow.ToProblem();
    }

    private static async IAsyncEnumerable<SseItem<string>> Told(IAsyncEnumerable<BatchView?> followed, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var batch in followed.WithCancellation(ct))
            yield return batch is null ? new("", "alive") : new(JsonSerializer.Serialize(batch, RestJson.Options), "batch");
    }

    private static async Task<IResult> Lines(
        Guid id, HttpContext http, BatchReader reader, BatchTable table, Etags etags, Cursors cursors, Parameters parameters, CancellationToken ct,
        [Several, OneOf<LineStatus>, Description("Lines that stand so.")] string? status = null, int? first = null, string? after = null, bool count = false)
    {
        var wanted = parameters.Several(status, "status", Kebab.Parse<LineStatus>, Kebab.All<LineStatus>());
        var list = ListOf(id, wanted);
        var page = parameters.Page(cursors, list, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        if (await reader.Find(id, ReadLog.OperationOf(http), ct) is not { } batch)
            return BatchRefusals.NotFound.ToProblem();
        var (found, hasNext) = await table.PageOf(id, wanted, page, Language.Of(http.Request), ct);
        return etags.Ok(http, id, batch.Version, http.PageOf<BatchLineView>(
            [.. found.Select(listed => listed.Row)], hasNext ? cursors.Sign(list, found[^1].Position) : null, count ? await table.Count(id, wanted, ct) : null));
    }

    private static async Task<IResult> Report(Guid id, HttpContext http, Caller caller, BatchReader reader, BatchTable table, Etags etags, CurrentCatalogue catalogue, CancellationToken ct)
    {
        if (await reader.Find(id, ReadLog.OperationOf(http), ct) is not { } batch)
            return BatchRefusals.NotFound.ToProblem();
        if (batch is { EndedAt: not null, DropAt: null })
            return BatchRefusals.FileDropped.ToProblem();
        http.IsForItsReader();
        var language = Language.Of(http.Request);
        var rows = RowsOf(batch, await table.Lines(id, [LineStatus.Failed], 0, BatchSheet.MostLines, ct), (await catalogue.Find(batch.Item, ct))?.Form, language);
        // Of the rows, for no two workbooks have the same bytes.
        var tag = "W/" + etags.Of(id, batch.Version, $"{language} {BatchFiles.WantsXlsx(http)}", caller.Actor, JsonSerializer.SerializeToUtf8Bytes(rows, PlatformJson.Options));
        http.Response.Headers.ETag = tag;
        return http.Request.HasAlready(tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : await BatchFiles.Write(http, $"{id}-report", rows);
    }

    private static List<IReadOnlyList<string>> RowsOf(Batch batch, IReadOnlyList<StoredLine> failed, Form? form, string language)
    {
        var labels = (BatchColumns.Of(form) ?? []).ToDictionary(column => column.Path, column => column.Label.In(language));
        List<IReadOnlyList<string>> rows = [[.. batch.Columns.Select(column => labels.GetValueOrDefault(column, column)), .. BatchSheet.OfReports.Select(column => column.Label.In(language))]];
        foreach (var line in failed)
            rows.Add([
                .. line.Cells ?? [.. batch.Columns.Select(_ => "")], line.Number.ToString(CultureInfo.InvariantCulture),
                string.Join(" | ", line.Problems.Select(problem => BatchProblem.Of(problem, language)).Select(problem =>
                    problem.Column is { } column ? $"{labels.GetValueOrDefault(column, column)}: {problem.Message}" : problem.Message)),
            ]);
        return rows;
    }

    /// <summary>What cursors of a batch's lines are signed for.</summary>
    internal static string ListOf(Guid batch, IReadOnlyList<LineStatus>? statuses) => $"batch lines {batch} {string.Join(',', statuses?.Select(status => Kebab.Of(status)) ?? [])}";

    /// <summary>A page of a batch's lines, and whether more follow.</summary>
    internal static async Task<(IReadOnlyList<Listed<BatchLineView>> Found, bool HasNext)> PageOf(
        this BatchTable table, Guid batch, IReadOnlyList<LineStatus>? statuses, PageRequest page, string language, CancellationToken ct) =>
        (await table.Lines(batch, statuses, page.After is { } after ? int.Parse(after, CultureInfo.InvariantCulture) : 0, page.First + 1, ct))
            .Select(line => new Listed<BatchLineView>(BatchLineView.Of(line, language), line.Number.ToString(CultureInfo.InvariantCulture))).CutTo(page);
}
