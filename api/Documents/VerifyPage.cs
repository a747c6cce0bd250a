namespace OneDoor.Documents;

/// <summary>What a register says of a number, and of the token that was scanned with it; each capability that prints numbers registers its own.</summary>
/// <returns>Null where it has no such number, or nothing for whoever has only the number.</returns>
public delegate Task<Verified?> PrintedRegister(string number, string? token, CancellationToken ct);

/// <summary>What anybody is told of a paper.</summary>
/// <param name="IsGood">It may be relied on.</param>
/// <param name="Verdict">In one sentence.</param>
/// <param name="Says">What is registered besides.</param>
public sealed record Verified(bool IsGood, Text Verdict, IReadOnlyList<(string Zh, string En, string Text)> Says);

/// <summary>/verify/{number}: whether a paper is genuine, for anybody.</summary>
public static class VerifyPage
{
    private static readonly Text Title = new("核验", "Verification");

    public static void MapVerifyPage(this IEndpointRouteBuilder routes) => routes.MapGet("/verify/{number}", Handle).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Handle(string number, HttpContext http, IEnumerable<PrintedRegister> registers, CancellationToken ct, string? token = null)
    {
        http.Response.Headers.ContentSecurityPolicy = HouseStyle.StillPolicy;
        http.Response.Headers.CacheControl = "no-store";
        foreach (var register in registers)
        {
            if (await register(number, token, ct) is { } verified)
                return Page(http, StatusCodes.Status200OK, verified);
        }
        return Page(http, StatusCodes.Status404NotFound, new(false, new("登记中没有此文书或证照", "There is no such document or licence in the register"), []));
    }

    private static IResult Page(HttpContext http, int status, Verified verified)
    {
        var reader = PageReader.Of(http.Request);
        return reader.Page(http, Title, $"""
            <h1>{reader.Said(Title)}</h1>
            <p class="verdict {(verified.IsGood ? "good" : "bad")}" role="status">{(verified.IsGood ? "✓" : "✗")} {reader.Said(verified.Verdict)}</p>
            <dl>{string.Concat(verified.Says.Select(line => $"<dt>{reader.Said(line.Zh, line.En)}</dt><dd>{reader.Said(line.Text, line.Text)}</dd>"))}</dl>
            <p>{reader.Said("请确认本页网址为政务服务平台的网址。", "Make sure that this page's address is the platform's.")}</p>
            """, status: status);
    }
}
