using OneDoor.Clock;

namespace OneDoor.Licences;

// How a holder is heard before their licence is revoked, and what that does to the time to decide (LIC-6, MODE-4, HEAR-2).
public sealed partial record Licence
{
    /// <summary>Working days by which the time to decide about a revocation is extended, once.</summary>
    public const int ExtendedBy = 20;

    private const int LongestPlace = 200, LongestMinutes = 20_000;

    /// <summary>Whether its holder was told that it may be revoked, and there is time left to decide about that: a hearing takes none of it.</summary>
    public bool IsToBeRevoked(DateTimeOffset now) => Notice is { } notice && (IsBeingHeard || LegalClock.DayOf(now) <= notice.DecideBy);

    // From its calling to its signed minutes.
    private bool IsBeingHeard => Hearings is [.., { Minutes: null }];

    private Decision<LicenceFact> Speak(SpeakAboutRevocation c, LicenceAsking asked)
    {
        if (!IsHeldBy(asked.By) && (!asked.MayManage || NotTheirs(asked.By) is not null))
            return LicenceRefusals.NotYourDepartment;
        if (!IsToBeRevoked(asked.Now))
            return LicenceRefusals.NoticeMissing;
        if (LegalClock.DayOf(asked.Now) > Notice!.SpeakBy)
            return LicenceRefusals.SpeakingOver.Because($"陈述、申辩和要求听证的期限至{Notice.SpeakBy:yyyy-MM-dd}。", $"There was time until {Notice.SpeakBy:yyyy-MM-dd}.");
        if (c.Text is null ? !c.Hearing : !Wording.IsText(c.Text, LongestText))
            return LicenceRefusals.StatementMissing.At("/text");
        // Asked for twice it is one hearing.
        var asks = c.Hearing && HearingAskedOn is null && Hearings is not { Count: > 0 };
        return c.Text is null && !asks ? Decision<LicenceFact>.Nothing : new LicenceHolderHeard(asked.Now, asked.By, c.Text, asks);
    }

    // HEAR-2, 行政许可法 arts. 47, 48; the time that it takes does not count towards a decision.
    private Decision<LicenceFact> Call(CallLicenceHearing c, LicenceAsking asked)
    {
        if (NotTheirs(asked.By) is { } refused)
            return refused;
        if (!IsToBeRevoked(asked.Now))
            return LicenceRefusals.NoticeMissing;
        // Its time does not count: one after the other would put off the decision for ever.
        if (Hearings is { Count: > 0 })
            return IsBeingHeard ? LicenceRefusals.NotInThisState.Because("听证已经组织，尚无签字笔录。", "A hearing was called, and its minutes are not signed yet.")
                : LicenceRefusals.NotInThisState.Because("已经听证，每次告知只组织一次。", "Its holder was heard: there is one hearing about a notice.");
        DateOnly After(DateTimeOffset from, int days) => asked.Clock.Simulate(from, Limit.WorkingDays(days)).DueOn;
        var (earliest, latest) = (After(asked.Now, Cases.Case.HearingToldBefore), After(HearingAskedOn is { } day ? LegalClock.MidnightOf(day) : asked.Now, Cases.Case.HearWithin));
        // Late as it may be, it is held.
        if (latest < earliest)
            latest = earliest;
        var dayInvalid = LicenceRefusals.HearingInvalid.Because($"应在{earliest:yyyy-MM-dd}至{latest:yyyy-MM-dd}之间的工作日举行。", $"It is held on a working day from {earliest:yyyy-MM-dd} to {latest:yyyy-MM-dd}.").At("/heldOn");
        string?[] proposes = [ProposedBy?.Person, Cases.Case.AcceptorOf(asked.By, officer: null)?.Person];
        if (Refusal.AllOf(
        [
            .. Cases.Case.OfficerRefused(c.Presider, "/presider"), .. LicenceRefusals.PresiderProposed.At("/presider/id").When(proposes.Contains(c.Presider.Key)),
            .. LicenceRefusals.HearingInvalid.At("/place").When(!Wording.IsLine(c.Place, LongestPlace)), .. dayInvalid.When(c.HeldOn < earliest || c.HeldOn > latest || !asked.Clock.Calendar.IsWorkingDay(c.HeldOn)),
        ]) is { } wrong)
            return wrong;
        return new LicenceHearingCalled(asked.Now, asked.By, Number: 1, c.HeldOn, c.Place, c.Presider);
    }

    private Decision<LicenceFact> Close(CloseLicenceHearing c, LicenceAsking asked)
    {
        if (NotTheirs(asked.By) is { } refused)
            return refused;
        if (Hearings?.FirstOrDefault(h => h.Number == c.Hearing) is not { } hearing)
            return LicenceRefusals.HearingNotFound;
        if (hearing.Minutes is { } there)
            return there == new LicenceMinutes(c.Text, c.SignedBy, c.SignedOn) ? Decision<LicenceFact>.Nothing : LicenceRefusals.HearingNotFound;
        if (Notice is null)
            return LicenceRefusals.NoticeMissing;
        if (Refusal.AllOf(
        [
            .. LicenceRefusals.MinutesInvalid.At("/text").When(!Wording.IsText(c.Text, LongestMinutes)), .. LicenceRefusals.MinutesInvalid.At("/signedBy").When(!Wording.IsText(c.SignedBy, LongestText)),
            .. LicenceRefusals.MinutesInvalid.At("/signedOn").When(c.SignedOn < hearing.HeldOn || c.SignedOn > LegalClock.DayOf(asked.Now)),
        ]) is { } wrong)
            return wrong;
        var called = LegalClock.DayOf(hearing.CalledAt);
        var stood = Enumerable.Range(1, c.SignedOn.DayNumber - called.DayNumber).Count(i => asked.Clock.Calendar.IsWorkingDay(called.AddDays(i)));
        return new LicenceHearingClosed(asked.Now, asked.By, hearing.Number, c.Text, c.SignedBy, c.SignedOn, Later(stood, asked.Clock));
    }

    private Decision<LicenceFact> Extend(ExtendRevocation c, LicenceAsking asked)
    {
        if (NotTheirs(asked.By) is { } refused)
            return refused;
        if (!asked.By.IsSupervisor)
            return LicenceRefusals.OnlyASupervisorRevokes;
        if (!IsToBeRevoked(asked.Now))
            return LicenceRefusals.NoticeMissing;
        if (Notice!.Extended == true)
            return LicenceRefusals.NotInThisState.Because("决定期限只延长一次。", "The time to decide is extended once.");
        return Missing(c.Reason, "/reason").FirstOrDefault() is { } wrong ? wrong : new LicenceDecisionExtended(asked.Now, asked.By, c.Reason!, Later(ExtendedBy, asked.Clock));
    }

    private Decision<LicenceFact> Withdraw(WithdrawNotice c, LicenceAsking asked)
    {
        if (NotTheirs(asked.By) is { } refused)
            return refused;
        if (!asked.By.IsSupervisor)
            return LicenceRefusals.OnlyASupervisorRevokes;
        if (Notice is null)
            return LicenceRefusals.NoticeMissing;
        return Missing(c.Reason, "/reason").FirstOrDefault() is { } wrong ? wrong : new LicenceNoticeWithdrawn(asked.Now, asked.By, c.Reason!);
    }

    private DateOnly Later(int workingDays, LegalClock clock) => workingDays == 0 ? Notice!.DecideBy : clock.Simulate(LegalClock.MidnightOf(Notice!.DecideBy), Limit.WorkingDays(workingDays)).DueOn;

    // All of it, the last one last: of the same the last one alone.
    private IReadOnlyList<AnnulmentNotice>? Told => Notice is not { } last ? FormerNotices : [.. (FormerNotices ?? []).Where(former => !IsOfTheSame(former, last.Ground, last.Facts)), last];

    private Licence Unheard => this with { Notice = null, FormerNotices = Told, ProposedBy = null, Statements = null, HearingAskedOn = null, Hearings = null };

    private static Licence? AfterHearing(Licence state, LicenceFact fact) => fact switch
    {
        // Whoever is told anew speaks anew.
        LicenceAnnulmentNoticed f => state.Unheard with { Notice = f.Notice, ProposedBy = Cases.Case.AcceptorOf(f.By, f.Officer) },
        LicenceNoticeWithdrawn => state.Unheard,
        LicenceHolderHeard f => state with
        {
            Statements = f.Text is null ? state.Statements : [.. state.Statements ?? [], new(f.At, f.Text)],
            HearingAskedOn = f.Hearing ? LegalClock.DayOf(f.At) : state.HearingAskedOn,
        },
        LicenceHearingCalled f => state with { Hearings = [.. state.Hearings ?? [], new(f.Number, f.At, f.HeldOn, f.Place, f.Presider, Minutes: null)] },
        LicenceHearingClosed f => state with
        {
            Hearings = [.. state.Hearings!.Select(h => h.Number == f.Number ? h with { Minutes = new(f.Text, f.SignedBy, f.SignedOn) } : h)],
            Notice = state.Notice! with { DecideBy = f.DecideBy },
        },
        LicenceDecisionExtended f => state with { Notice = state.Notice! with { DecideBy = f.DecideBy, Extended = true } },
        _ => null,
    };
}
