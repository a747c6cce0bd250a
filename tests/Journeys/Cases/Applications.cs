using System.Globalization;
using System.Text.Json;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Cases;

/// <summary>Applications as clients write them.</summary>
public static class Applications
{
    public const string Establishment = "ESTABLISHMENT", Investment = "INVESTMENT-PROJECT";

    /// <summary>An item of one step, of market regulation, whose last material is deferrable.</summary>
    public const string Plain = "SAMR-028-01";

    /// <summary>The transfer of real estate, and the pledge of equity: what parties apply for jointly.</summary>
    public const string Transfer = "PLAN-007-02", Pledged = "SAMR-006-01";

    /// <summary>What is granted by commitment: a hygiene licence for a public place, and a cinema's, whose conditions may be met later.</summary>
    public const string Committed = "OFFC-017-01", CommittedAhead = "OFFC-028";

    /// <summary>A signature under the declaration of truth.</summary>
    public static Signature Declared { get; } = new(SignedTexts.Declaration.Digest, "陈建国");

    /// <summary>A signed pledge to hand in a material by a day.</summary>
    public static object Pledge(string code, string supplyBy) => new { code, supplyBy, digest = SignedTexts.Pledge.Digest, signatory = "陈建国" };

    /// <summary>The platform's day, on which the days of a form's example count.</summary>
    public static Func<DateOnly> Today { get; set; } = () => new DateOnly(2026, 3, 9);

    /// <summary>How one is reached.</summary>
    public static Contact Reached { get; } = new("13900000000");

    /// <summary>An answer to the item's form; null where it has none.</summary>
    public static JsonElement? Answer(string item) => Answer(item, Today());

    public static JsonElement? Answer(string item, DateOnly day) =>
        CatalogueData.FormOf(CatalogueData.Zone().First(i => i.Code == item), CatalogueData.Forms()) is { } form ? FormExample.Of(form, day) : null;

    private static int _companies;

    /// <summary>A legal entity nobody has seen yet.</summary>
    public static Dictionary<string, object?> Company() => new() { ["kind"] = "legal-entity", ["name"] = "天津临港智造有限公司", ["uscc"] = FreshUscc() };

    /// <summary>A code nobody has yet.</summary>
    public static string FreshUscc()
    {
        var organisation = string.Create(CultureInfo.InvariantCulture, $"MA{Interlocked.Increment(ref _companies):D6}");
        var first17 = $"91120118{organisation}{Uscc.OrganisationCheck(organisation)}";
        return first17 + Uscc.Check(first17);
    }

    /// <summary>Founders of a company: the one that applies for them, and others.</summary>
    public static Dictionary<string, object?> Founding(object representative, params object[] others) => new()
    {
        ["kind"] = "founders",
        ["founders"] = (object[])[representative, .. others],
        ["representative"] = 0,
        ["subject"] = new { name = "天津临港智造有限公司", kind = "company" },
    };

    /// <summary>Joint parties, each in its role.</summary>
    public static Dictionary<string, object?> Jointly(params (string Role, object Applicant)[] parties) => new()
    {
        ["kind"] = "joint-parties", ["parties"] = parties.Select(p => new Dictionary<string, object?> { ["role"] = p.Role, ["applicant"] = p.Applicant, ["signature"] = null }).ToArray(),
    };

    /// <summary>A complete application: every material the item knows of, but for those left out.</summary>
    public static Dictionary<string, object?> For(string item, params string[] without) => new()
    {
        ["item"] = item,
        ["channel"] = "agency",
        ["hall"] = "airport",
        ["applicant"] = item == Establishment ? Founding(Company()) : Company(),
        ["declaration"] = Declared,
        ["form"] = Answer(item),
        ["contact"] = Reached,
        ["materials"] = MaterialsOf(item).Where(code => !without.Contains(code)).Select(Material).ToArray(),
    };

    /// <summary>The same, to a process of its own, which goes by the real clock.</summary>
    public static Dictionary<string, object?> ForToday(string item) => ForDay(item, LegalClock.DayOf(TimeProvider.System.GetUtcNow()));

    /// <summary>The same, to a process that goes by another clock.</summary>
    public static Dictionary<string, object?> ForDay(string item, DateOnly day) => new(For(item)) { ["form"] = Answer(item, day) };

    /// <summary>An application by commitment, without what that stands in for.</summary>
    public static Dictionary<string, object?> Committing(string item, object applicant, string? meetBy = null)
    {
        var committed = CatalogueData.Zone().First(i => i.Code == item);
        return new(For(item, [.. committed.Commitment!.Covers ?? []]))
        {
            ["applicant"] = applicant,
            ["commitment"] = new Dictionary<string, object?> { ["digest"] = SignedTexts.CommitmentTo(committed).Digest, ["signatory"] = "陈建国", ["meetBy"] = meetBy },
        };
    }

    /// <summary>The application as one that renews a licence, whose number the form says as well.</summary>
    public static Dictionary<string, object?> Renewing(string number, Dictionary<string, object?> application) => new(application)
    {
        ["renews"] = number, ["form"] = AnswerText.With(JsonSerializer.SerializeToElement(application["form"]), JsonSerializer.SerializeToElement(new { licence = number })),
    };

    public static IEnumerable<string> MaterialsOf(string item) =>
        CatalogueData.Zone().First(i => i.Code == item).Materials.Select(m => m.Code);

    /// <summary>A pause for the special procedure that <see cref="Plain"/> has.</summary>
    public static Dictionary<string, object?> Pause(DateTimeOffset until, string? note = null, string reason = "appraisal") => new()
    {
        ["reason"] = reason, ["legalBasis"] = "《特种设备生产和充装单位许可规则》", ["carriedOutBy"] = "特种设备检验所", ["note"] = note,
        ["expectedUntil"] = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>An extension by working days.</summary>
    public static object Extension(int days, string reason = "情况复杂") => new { by = new { value = days, unit = "working-days" }, reason };

    /// <summary>An inspection on site by two officers, on the day of an instant, that nothing was found by.</summary>
    public static object Inspection(DateTimeOffset now, string step = "decision") => new
    {
        step,
        officers = new[] { new { id = "018", name = "李娜" }, new { id = "027", name = "王伟" } },
        on = LegalClock.DayOf(now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        place = "中心大道1号",
        finding = "passed",
    };

    public static MaterialGiven Material(string code) => new(code, $"{code}.pdf", "sha-256:" + new string('a', 64));
}
