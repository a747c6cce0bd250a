using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Platform;

namespace OneDoor.Reviews;

/// <summary>How the operations on reviews are asked for about one of a matter of the tax department's, given by its applicant.</summary>
/// <param name="platform">Where.</param>
/// <param name="applicant">Whose matters they are.</param>
/// <param name="at">The process that is asked; null for the one that all tests share.</param>
/// <param name="subject">Who rates.</param>
public sealed class GivenReviews(RunningPlatform platform, Dictionary<string, object?> applicant, HttpClient? at = null, string subject = "p_applicant")
{
    /// <summary>A matter that the tax department handles alone.</summary>
    public static readonly string Item = CatalogueData.Zone().First(item =>
        item.Department == Department.Tax && item.Mode != ReformMode.Abolished && item.Channels.Contains(Channel.Agency) && item.Procedure.Steps.Count == 1).Code;

    /// <summary>Who rates, as the callers of access-matrix.md call them.</summary>
    public Client Applicant => At(Person);

    /// <summary>The department that is rated.</summary>
    public Client Rated => At(platform.As(Department.Tax, Scopes.ComplaintsHandle));

    /// <summary>Who decides about an appeal.</summary>
    public Client Office => At(platform.As(Department.ServiceOffice, $"{Scopes.ComplaintsHandle} {Scopes.CasesSupervise}"));

    /// <summary>Who looks at how it is done.</summary>
    public Client Auditor => At(platform.With(new()
    {
        ["sub"] = "p_auditor", ["client_id"] = "playground", ["scope"] = Scopes.CasesAudit, [Claims.Department] = Kebab.Of(Department.Customs),
    }));

    /// <summary>A request for an operation; null where it is about no review.</summary>
    /// <param name="operation">Its id.</param>
    public async Task<EntitledRequest?> For(string operation) => operation switch
    {
        "listReviewIndicators" => new(null, new Dictionary<string, string>(), null) { Query = new Dictionary<string, string> { ["version"] = "online-2019" } },
        "getReviewFigures" => new(null, new Dictionary<string, string>(), null)
        {
            Query = new Dictionary<string, string> { ["from"] = $"{platform.Now.AddDays(-9):yyyy-MM-dd}", ["to"] = $"{platform.Now:yyyy-MM-dd}" },
        },
        "giveReview" => new(null, new Dictionary<string, string>(), Body(await Rating(ReviewGrade.Fair))),
        "listReviews" or "getReview" or "getReviewHistory" => About(await Given()),
        "appealReview" => About(await Given(), "不归本部门。"),
        "rejectReviewAppeal" => About(await Appealed(), "属实。"),
        "excludeReview" => About(await Appealed(), "评错了部门。"),
        _ => null,
    };

    /// <summary>A review of a new matter.</summary>
    public async Task<GiveReview> Rating(ReviewGrade grade)
    {
        var application = Applications.For(Item);
        application["applicant"] = applicant;
        var @case = (await At(platform.As(CaseJourney.Submitter)).Post("/v1/cases", application)).Must(201).Json;
        return new GiveReview(grade, @case.GetProperty("id").GetGuid(), Tags: ["attitude"], Comment: "等了两个小时。");
    }

    /// <summary>A review, not content.</summary>
    public async Task<Answered> Given() => (await Applicant.Post("/v1/reviews", Body(await Rating(ReviewGrade.Dissatisfied)))).Must(201);

    private async Task<Answered> Appealed()
    {
        var given = await Given();
        (await Rated.Post($"{given.Header("Location")}/appeal", new { reason = "不归本部门。" }, ("If-Match", (await Rated.Get(given.Header("Location")!)).ETag))).Must(200);
        return given;
    }

    /// <summary>What is sent.</summary>
    public static JsonObject Body(object body) => JsonSerializer.SerializeToNode(body, PlatformJson.Options)!.AsObject();

    private EntitledRequest About(Answered given, string? reason = null) =>
        new(null, new Dictionary<string, string> { ["id"] = given.Json.Text("id") }, reason is null ? null : Body(new { reason })) { Read = () => Office.Get(given.Header("Location")!) };

    private Client Person => platform.With(new()
    {
        ["sub"] = subject, ["client_id"] = "mobile", ["scope"] = $"{Scopes.ReviewsWrite} {Scopes.CasesRead}",
        [Claims.Applicant] = new ApplicantReference($"legal-entity:{applicant["uscc"]}", (string)applicant["name"]!),
    });

    private Client At(Client client) => at is null ? client : client.At(at);
}
