using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using OneDoor.Applicants;
using OneDoor.Cases;

namespace OneDoor.Batches;

/// <summary>POST /v1/batches: the body is a file of applications, one in each line (ENTRY-1).</summary>
public static class SendBatch
{
    public static void MapSendBatch(this IEndpointRouteBuilder batches) => batches.MapPost("", Handle)
        .Needs(Scopes.CasesSubmit)
        .WithName("sendBatch")
        .WithSummary("Send a file of applications by an employer, one in each line (批量录入)")
        .WithDescription(
            "The body is a table, as CSV in UTF-8 or GB18030, separated by commas, semicolons or tabs, or as XLSX with the numbers of documents as text: at most 10,000 lines, 5 MB, 50 MB unpacked. "
            + "Its first row names the columns, as the item's template does. Formulas are not evaluated. Each good line becomes a case by the same rule as one that is submitted by itself; "
            + "a bad one is reported with what is wrong. It is done in the background, and goes on by itself after an interruption. Nothing of what the lines say is kept for longer than 30 days after the end.")
        .TakesIdempotencyKey()
        .TakesBytes(BatchFiles.Largest, BatchRefusals.TooLarge, [BatchFiles.Csv, BatchFiles.Xlsx])
        .Produces<BatchView>(StatusCodes.Status202Accepted)
        .Shows(request: null, BatchExamples.Received)
        .Refuses(400, 403, 409, 413, 415, 422);

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, BatchChanges changes, BatchSenders senders,
        [Description("Code of the item that all lines apply for: one that employers apply for.")] string item,
        [Description("The digest of the declaration of truth, as GET /v1/declaration gives it: signed once for all lines.")] string declaration,
        [Description("Who signed it, 1 to 100 characters.")] string signatory, CancellationToken ct,
        [Description("Of departments: the name of the employer that the header OneDoor-Applicant names; left out, it goes by its number.")] string? employer = null,
        [FromHeader(Name = CaseFilter.ApplicantHeader), Description("Of departments: the employer's unified social credit code.")] string? applicant = null)
    {
        var parameters = new Parameters();
        var number = parameters.Read(applicant?.Trim(), CaseFilter.ApplicantHeader, text => Uscc.IsValid(text) ? text : null, Text.Same("USCC"));
        if (parameters.Refused is { } malformed)
            return malformed.ToProblem();
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !Array.Exists([BatchFiles.Csv, BatchFiles.Xlsx], taken => type.MediaType.Equals(taken, StringComparison.OrdinalIgnoreCase)))
            return BatchRefusals.MediaType.ToProblem();
        if (EmployerOf(caller, number, employer) is not { } applies)
            return BatchRefusals.EmployerMissing.At(CaseFilter.ApplicantHeader).ToProblem();
        using var place = senders.Take(caller.Actor.Subject);
        if (place is null)
        {
            http.Response.Headers.RetryAfter = "5";
            return BatchRefusals.TooManySent.ToProblem();
        }
        if (await Receive(http.Request.Body, ct) is not { } content)
            return BatchRefusals.TooLarge.ToProblem();
        var command = new ReceiveBatch(item, new(declaration, signatory), Sha256Digest.Of(content), applies) { Content = content };
        var outcome = await changes.Begin(command, ct);
        // What is to come of it is yet to be done, also for whoever asks again.
        return outcome.Answer is { } answer ? answer with { Status = StatusCodes.Status202Accepted } : outcome.ToResult();
    }

    // Who is signed in, or whom a department names.
    private static PersonOrEntity? EmployerOf(Caller caller, string? number, string? name)
    {
        if (caller.Applicant is { } signedIn)
            return Applicant.Of(signedIn).Applies is { Kind: ApplicantKind.LegalEntity } own ? number is null || number == own.Uscc ? own : new(ApplicantKind.LegalEntity, name ?? own.Name, number) : null;
        return caller.Actor.Department is null || number is null ? null : new(ApplicantKind.LegalEntity, name ?? number, number);
    }

    // Whatever length it says it has: room is made for what comes.
    private static async Task<byte[]?> Receive(Stream body, CancellationToken ct)
    {
        using var content = new MemoryStream();
        var piece = new byte[80 * 1024];
        for (int received; (received = await body.ReadAsync(piece, ct)) > 0;)
        {
            if (content.Length + received > BatchFiles.Largest)
                return null;
            content.Write(piece, 0, received);
        }
        return content.ToArray();
    }
}

/// <summary>Who sends batches: a file is in memory until it is read, and workbooks are read one at a time, so that there is room for so many at a time, and for so many of one caller.</summary>
public sealed class BatchSenders
{
    /// <summary>How many files of one caller are taken in at a time.</summary>
    public const int PerCaller = 4;

    private readonly Places _places = new(20, PerCaller);

    /// <summary>A place; null where there is none left.</summary>
    /// <param name="caller">The subject that sends.</param>
    public IDisposable? Take(string caller) => _places.Take(caller);
}
