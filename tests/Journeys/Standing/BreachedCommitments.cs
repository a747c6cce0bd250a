using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Licences;
using OneDoor.Platform;
using OneDoor.Supervision;

namespace OneDoor.Standing;

/// <summary>How the operations on somebody's standing are asked for about an applicant whose commitment was breached.</summary>
public sealed class BreachedCommitments(RunningPlatform platform, Dictionary<string, object?> applicant)
{
    private static readonly object Grounds = new { ground = "annulled", reason = "承诺不实。", legalBasis = "《行政许可法》第六十九条" };

    /// <summary>A request for an operation; null where it is about nobody's standing.</summary>
    public async Task<EntitledRequest?> For(string operation) => operation switch
    {
        "getStanding" => new(null, new Dictionary<string, string>(), null) { Headers = [(CaseFilter.ApplicantHeader, (string)applicant["uscc"]!)] },
        "getCreditRecord" or "getCreditRecordHistory" => About(await Recorded()),
        "requestRepair" or "objectToRecord" => About(await Recorded(), new { reason = "已经整改。" }),
        "decideRepair" => About(await Asked("repair-requests"), new { granted = true, reason = "属实。" }),
        "decideObjection" => About(await Asked("objection"), new { upheld = false, reason = "属实。" }),
        _ => null,
    };

    /// <summary>The id of the record of a commitment that the applicant breached: market regulation annulled what they had by it.</summary>
    public async Task<string> Recorded()
    {
        await Forgiven();
        var granted = await CaseJourney.Submitted(platform, Applications.Committing(OpenedSupervision.Item, applicant));
        var number = granted.Receipt.Json.Each("licences", "number").Single();
        await Annulled(number);
        return CreditRecord.IdOf(Guid.Parse(granted.Id), CreditKind.CommitmentBreached, number).ToString();
    }

    /// <summary>What was had by commitment is annulled, because that was not kept, nor put right when it was found.</summary>
    public async Task Annulled(string number)
    {
        var (tasks, id) = (new OpenedSupervision(platform, applicant), await platform.Database.First<string>($"select id::text from onedoor.mt_doc_supervisiontask where data ->> 'licence' = '{number}'"));
        await tasks.Done(id, "finding", tasks.Breach);
        await platform.Database.Run($$"""update onedoor.mt_doc_supervisiontask set data = jsonb_set(data, '{finding,rectifyBy}', '"{{platform.Now.AddDays(-1):yyyy-MM-dd}}"') where id = '{{id}}'""");
        await tasks.Done(id, "rectification", new { outcome = "not-rectified", note = "仍然没有。" });
        await GrantedLicences.Done(platform, number, "annulment-notice", new { facts = "承诺不实。", legalBasis = "《行政许可法》第六十九条", breach = true }, OpenedSupervision.Supervisor);
        // The tests' clock is everybody's, so the days to speak are set back.
        await platform.Database.Run($$"""update onedoor.mt_doc_licence set data = jsonb_set(data, '{notice,speakBy}', '"{{platform.Now.AddDays(-1):yyyy-MM-dd}}"') where id = '{{Licence.IdOf(number)}}'""");
        await GrantedLicences.Done(platform, number, "revocation", Grounds, OpenedSupervision.Supervisor);
    }

    /// <summary>Whatever the applicant breached before bars from no other commitment.</summary>
    public Task Forgiven() =>
        platform.Database.Run($"update onedoor.mt_doc_creditrecord set data = data || '{{\"struckOutAt\":\"2026-01-01T00:00:00+00:00\"}}' where data -> 'subjectKeys' @> '[\"{Key}\"]'");

    private string Key => $"legal-entity:{applicant["uscc"]}";

    private async Task<string> Asked(string command)
    {
        var id = await Recorded();
        var subject = new EntitledRequests(platform, applicant).Subject;
        (await subject.Post($"/v1/standing/records/{id}/{command}", new { reason = "已经整改。" }, ("If-Match", (await subject.Get($"/v1/standing/records/{id}")).Must(200).ETag))).Must(200);
        return id;
    }

    private EntitledRequest About(string id, object? body = null) => new(
        null, new Dictionary<string, string> { ["id"] = id }, body is null ? null : JsonSerializer.SerializeToNode(body, PlatformJson.Options)!.AsObject())
    {
        Read = () => platform.As(OpenedSupervision.Supervisor).Get($"/v1/standing/records/{id}"),
    };
}
