using System.Globalization;
using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Licences;

/// <summary>How the operations on licences are asked for about one that market regulation granted an applicant.</summary>
public sealed class GrantedLicences(RunningPlatform platform, Dictionary<string, object?> applicant)
{
    private const Department Issuer = Department.MarketRegulation;

    private static readonly object Grounds = new { reason = "存放过期产品。", legalBasis = "《特种设备安全法》第八十三条" }, Suspension = new { reason = "存放过期产品。", legalBasis = "withholding-penalty" },
        Notice = new { facts = "充装记录虚假。", legalBasis = "《行政许可法》第六十九条", ground = "annulled" };

    /// <summary>A request for an operation; null where it is about no licence.</summary>
    public async Task<EntitledRequest?> For(string operation) => operation switch
    {
        "listRegisteredLicences" or "getLicenceStatusList" => new(null, new Dictionary<string, string>(), null),
        "listLicences" or "getLicence" or "getLicenceHistory" or "getLicenceDocument" or "getLicenceQrCode" or "verifyLicence" or "listDocumentsOfLicence" => About(await Granted()),
        "getDocumentOfLicence" => About(await Done(await Granted(), "suspension", Suspension), parts: ("n", "1")),
        "suspendLicence" => About(await Granted(), new { reason = "存放过期产品。", legalBasis = "withholding-penalty", until = platform.Now.AddDays(30).ToString("yyyy-MM-dd") }),
        "reinstateLicence" => About(await Done(await Granted(), "suspension", Suspension)),
        "announceRevocation" => About(await Granted(), Notice),
        "speakAboutRevocation" => About(await Done(await Granted(), "annulment-notice", Notice), new { text = "记录属实。", hearing = true }),
        "extendRevocation" => About(await Done(await Granted(), "annulment-notice", Notice), new { reason = "尚须核实。" }),
        "withdrawNotice" => About(await Done(await Granted(), "annulment-notice", Notice), new { reason = "记录属实。" }),
        "callLicenceHearing" => About(await Done(await Granted(), "annulment-notice", Notice), Hearing),
        "closeLicenceHearing" => await Called() is var (number, heldOn) ? About(number, new { signedBy = "赵敏", signedOn = heldOn, text = "持证人陈述了意见。" }, ("n", "1")) : null,
        "revokeLicence" => About(await Noticed(), new { ground = "annulled", reason = "充装记录虚假。", legalBasis = "《行政许可法》第六十九条" }),
        "cancelLicence" or "replaceLicence" => About(await Granted(), Grounds),
        _ => null,
    };

    /// <summary>The number of a licence that the applicant is granted.</summary>
    public async Task<string> Granted(string item = Applications.Plain, Department by = Issuer, string step = "decision")
    {
        // Nobody is granted another while one is to be revoked, so that of no other one is left to decide.
        if (applicant.TryGetValue("uscc", out var uscc))
            await platform.Database.Run($"update onedoor.mt_doc_licence set data = data - 'notice' where data -> 'holderKeys' @> '[\"legal-entity:{uscc}\"]'");
        var application = Applications.For(item);
        application["applicant"] = applicant;
        var @case = await CaseJourney.Submitted(platform, application);
        (await @case.Accept(by)).Must(200);
        return (await @case.Grant(by, step)).Must(200).Json.Each("licences", "number").Single();
    }

    /// <summary>A command of who issued it, on the version that is there.</summary>
    public Task<string> Done(string number, string command, object? body) => Done(platform, number, command, body);

    public static async Task<string> Done(RunningPlatform platform, string number, string command, object? body, Department by = Issuer)
    {
        await platform.CaughtUp("mt_doc_licence", $"data ->> 'number' = '{number}'");
        var client = platform.As(by, RunningPlatform.Supervisor);
        var seen = (await client.Get($"/v1/licences/{number}")).Must(200);
        (await client.Post($"/v1/licences/{number}/{command}", body, ("If-Match", seen.ETag))).Must(200);
        return number;
    }

    /// <summary>A hearing on the first day on which it may be held.</summary>
    public object Hearing => new { heldOn = FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), place = "空港政务服务大厅", presider = new { id = "003", name = "赵敏" } };

    private DateOnly FirstDay => EntitledRequests.HearingDay(platform.Now);

    private async Task<(string Number, string HeldOn)> Called()
    {
        var (number, heldOn) = (await Done(await Granted(), "annulment-notice", Notice), FirstDay);
        await Done(number, "hearings", Hearing);
        platform.PassUntil(LegalClock.MidnightOf(heldOn).AddHours(9));
        return (number, heldOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private async Task<string> Noticed()
    {
        var number = await Done(await Granted(), "annulment-notice", Notice);
        // Long holidays between them, five working days are over by then.
        platform.Pass(TimeSpan.FromDays(20));
        return number;
    }

    private EntitledRequest About(string number, object? body = null, params (string Name, string Value)[] parts) => new(
        null, new Dictionary<string, string>(parts.Select(part => KeyValuePair.Create(part.Name, part.Value))) { ["number"] = number }, body is null ? null : JsonSerializer.SerializeToNode(body, PlatformJson.Options)!.AsObject())
    {
        Read = () => platform.As(Issuer, RunningPlatform.Supervisor).Get($"/v1/licences/{number}"),
    };
}
