namespace OneDoor.Cases;

/// <summary>What a remedy is against.</summary>
public enum RemedyAct
{
    /// <summary>A refusal (不予许可).</summary>
    Refusal,

    /// <summary>An application that was not accepted (不予受理).</summary>
    NonAcceptance,

    /// <summary>A case that was closed because nobody answered its correction notice.</summary>
    Lapse,

    /// <summary>A decision that was not made in time (未按期作出决定).</summary>
    NoDecision,

    /// <summary>The suspension of a licence (暂扣).</summary>
    Suspension,

    /// <summary>The end of a licence against its holder's will (撤销、撤回、吊销).</summary>
    Revocation,

    /// <summary>A licence's being struck from the register (注销).</summary>
    Cancellation,

    /// <summary>A licence's being replaced by another (换发).</summary>
    Replacement,

    /// <summary>Being barred from applying again (一定期限内不得再次申请).</summary>
    Bar,
}

/// <summary>
/// What an applicant can do against an act (救济途径, REM-1), as they were told it: 行政许可法 art. 38, 行政复议法 arts. 20, 23, 24 and 27. Names
/// and addresses are kept in Chinese.
/// </summary>
/// <param name="Act">What it is against.</param>
/// <param name="Step">Code of the step it is about; null for the case as a whole.</param>
/// <param name="Authority">Who reconsiders it (行政复议机关).</param>
/// <param name="Address">Where that is to be asked.</param>
/// <param name="Within">For how long, as an ISO 8601 duration in calendar days: sixty days, P60D.</param>
/// <param name="Court">Who judges it (行政诉讼).</param>
/// <param name="CourtWithin">For how long, as an ISO 8601 duration: six months, P6M; after reconsideration fifteen days, P15D.</param>
/// <param name="ReconsiderationFirst">The court takes it only after reconsideration (复议前置).</param>
/// <param name="From">The first day it can be sought; null where that is the day the applicant receives the decision.</param>
public sealed record Remedy(
    RemedyAct Act, string? Step, string Authority, string Address, string Within, string Court, string CourtWithin, bool ReconsiderationFirst = false,
    DateOnly? From = null)
{
    private const string SixtyDays = "P60D", SixMonths = "P6M", FifteenDays = "P15D";

    /// <summary>Against what a department did.</summary>
    public static Remedy Against(RemedyAct act, Department department) => Of(act, department, SixMonths);

    /// <summary>Against its silence: 行政复议法 art. 23 (3) asks for reconsideration first, 行政诉讼法 art. 45 gives fifteen days after it.</summary>
    /// <param name="department">Whose decision is due.</param>
    /// <param name="due">The last day it has for it.</param>
    public static Remedy AgainstSilenceOf(Department department, DateOnly due) =>
        Of(RemedyAct.NoDecision, department, FifteenDays) with { ReconsiderationFirst = true, From = due.AddDays(1) };

    /// <summary>With names and addresses for a language tag.</summary>
    public Remedy In(string language)
    {
        var directory = DepartmentDirectory.Zone;
        return this with { Authority = directory.In(language, Authority), Address = directory.In(language, Address), Court = directory.In(language, Court) };
    }

    /// <summary>In a sentence.</summary>
    public Text InWords()
    {
        var en = In("en");
        return ReconsiderationFirst
            ? new($"逾期未作出决定的，申请人可自期限届满之日起六十日内先向{Authority}（{Address}）申请行政复议；对复议决定不服的，可自收到复议决定书之日起十五日内向{Court}提起行政诉讼。",
                $"Where no decision is made in time, the applicant may apply to {en.Authority} ({en.Address}) for administrative reconsideration within 60 days from the end of the limit, and against what that decides bring an administrative action before {en.Court} within 15 days.")
            : new($"申请人不服本决定的，可自收到决定之日起六十日内向{Authority}（{Address}）申请行政复议，或者六个月内向{Court}提起行政诉讼。",
                $"The applicant may apply to {en.Authority} ({en.Address}) for administrative reconsideration within 60 days of receiving the decision, or bring an administrative action before {en.Court} within six months.");
    }

    private static Remedy Of(RemedyAct act, Department department, string courtWithin)
    {
        var recourse = DepartmentDirectory.Zone.Of(department).Recourse;
        return new(act, null, recourse.Authority.Zh, recourse.Address.Zh, SixtyDays, recourse.Court.Zh, courtWithin);
    }
}
