using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Documents;

/// <summary>What an authority tells somebody in writing of something that has happened to their case or their licence (DOC-1), before it has a number.</summary>
/// <param name="Act">What it is about.</param>
/// <param name="Authority">Whose it is.</param>
/// <param name="On">Its date, China Standard Time.</param>
/// <param name="Title">What it is called, in Chinese.</param>
/// <param name="Holder">To whom it is addressed.</param>
/// <param name="Paragraphs">What it says, in Chinese.</param>
public sealed record Draft(DocumentAct Act, Department Authority, DateOnly On, string Title, string Holder, IReadOnlyList<string> Paragraphs)
{
    /// <summary>The whole text.</summary>
    /// <param name="number">The document's number.</param>
    /// <param name="code">Random, so that nobody finds out by trying what was in a document, once its text is erased, by its digest.</param>
    public string Text(string number, string code)
    {
        var authority = DepartmentDirectory.Zone.Of(Authority).OfficialName.Zh;
        return string.Join('\n', [authority, Title, number, "", $"{Holder}：", .. Paragraphs, "", authority, Words.Day(On), $"查验码：{code}"]);
    }

    /// <summary>Which facts of a case make a document, and what it says; null for those that make none (行政许可法 arts. 32, 36, 38, 42, 45, 48, 79).</summary>
    /// <param name="case">The case, the fact included.</param>
    /// <param name="item">The item it is for; null where the catalogue does not know it any more.</param>
    /// <param name="fact">What has happened.</param>
    public static Draft? Of(Case @case, Item? item, CaseFact fact)
    {
        var telling = new Telling(@case, item);
        return fact switch
        {
            CaseAccepted f => Make(DocumentAct.Acceptance, @case.Lead, "受理通知书", telling.Accepted(f)),
            CorrectionRequested f => Make(DocumentAct.CorrectionNotice, @case.Lead, "补正告知书", telling.Missing(f)),
            CaseNotAccepted { Answer: { } answer } => Make(DocumentAct.NonAcceptance, @case.Lead, "不予受理通知书", telling.NotAccepted(answer)),
            CaseLapsed { Lapse: { } lapse } => Make(DocumentAct.Lapse, @case.Lead, "终止办理告知书", telling.Lapsed(lapse)),
            StatutoryLimitExtended f => Make(DocumentAct.Extension, @case.Lead, "延长办理期限告知书", telling.Extended(f)),
            ClockPaused f => Make(DocumentAct.SpecialProcedure, telling.Of(f), "特别程序所需时间告知书", telling.Paused(f)),
            ThirdPartiesTold f => Make(DocumentAct.ThirdPartyNotice, telling.Of(f), "利害关系人陈述申辩告知书", telling.ToldOf(f)),
            HearingCalled f => Make(DocumentAct.Hearing, telling.Of(f), "听证通知书", telling.Called(f)),
            StepGranted f => Make(DocumentAct.Grant, telling.Of(f), telling.IsLicence ? "准予行政许可决定书" : "办理结果告知书", telling.Granted(f)),
            StepRefused f => Make(DocumentAct.Refusal, telling.Of(f), telling.Refusal, telling.Refused(f.Grounds, f.Step, f.Hearing)),
            // That false materials bar is said where they are refused, with the remedies against that.
            ApplicantBarred { Ground: BarGround.Deceit } f => Make(DocumentAct.Bar, f.By?.Department ?? @case.Lead, "不得再次申请行政许可决定书", telling.Barred(f)),
            // A step's refusal, which until 0.2 ended the case as well, has its own.
            CaseRefused { Step: null, Grounds: { } grounds } => Make(DocumentAct.Refusal, @case.Lead, telling.Refusal, telling.Refused(grounds, step: null)),
            _ => null,
        };

        Draft Make(DocumentAct act, Department authority, string title, IEnumerable<string> paragraphs) =>
            new(act, authority, LegalClock.DayOf(fact.At), title, telling.Holder, [.. paragraphs]);
    }
}
