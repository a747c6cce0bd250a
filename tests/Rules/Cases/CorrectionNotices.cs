using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-2 and CASE-3: everything missing is said once (一次性告知).</summary>
public class CorrectionNotices
{
    private const Department Lead = Department.MarketRegulation;

    private static Asked Notice(params string?[] materials) => Ask.SendCorrectionNotice(Clerk(Lead), [.. materials.Select(m => new CorrectionLine("请补正", m))]);

    private static Asked Supply(params string[] materials) => Ask.SupplyMaterials(Agency, [.. materials.Select(Paper)]);

    [Fact] // CASE-2
    public void A_notice_lists_everything_and_stops_the_departments_deadline()
    {
        var spec = CaseSpec.Submitted(Plain, "form").When(Notice("form", "lease", null));

        Assert.Equal(3, spec.Then<CorrectionRequested>().Lines.Count);
        Assert.Equal(CaseStatus.CorrectionRequested, spec.Case.Status);
        Assert.Null(spec.Case.AcceptBy);
        Assert.Equal(["form", "lease"], spec.Case.Notices.Single().Outstanding([], []).Select(l => l.Material));
    }

    [Fact] // CASE-3
    public void A_second_notice_about_what_could_have_been_said_is_refused()
    {
        var spec = CaseSpec.Submitted(Plain).Given(Notice("form"));

        spec.When(Notice("lease")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.When(Notice("form")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.Given(Supply("form"));
        spec.When(Notice("lease")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.When(Notice("form", "lease")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.When(Notice([null])).ThenRefused(CaseRefusals.CorrectionAlreadySent);
    }

    [Fact] // CASE-3
    public void A_second_notice_may_be_about_what_came_in_since()
    {
        var spec = CaseSpec.Submitted(Plain).Given(Notice("form", "lease"), Supply("form", "lease"));

        spec.When(Notice("form")).Then<CorrectionRequested>();
        spec.Given(Supply("form"));
        spec.When(Notice("lease")).ThenRefused(CaseRefusals.CorrectionAlreadySent); // could have been said in the second
        spec.When(Notice("form")).Then<CorrectionRequested>();
        Assert.Equal(3, spec.Case.Notices.Count);
    }

    private static readonly Item Other = Plain with { Code = "OTHER-ITEM" };

    private static Asked Move(Item to) => Ask.MoveCaseToItem(Clerk(Lead), to, 3, "事项有误");

    [Fact] // CASE-3: the item's one notice has been sent
    public void Moving_a_case_away_and_back_allows_no_second_notice()
    {
        var spec = CaseSpec.Submitted(Plain).Given(Notice("form"), Supply("form"), Move(Other), Move(Plain));

        Assert.Equal(CaseStatus.Submitted, spec.Case.Status);
        spec.When(Notice("lease")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.When(Notice([null])).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.Given(Move(Other with { Code = "THIRD-ITEM" }), Move(Other), Move(Plain));
        spec.When(Notice("lease")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.When(Notice("form")).Then<CorrectionRequested>(); // it came in after the notice
    }

    [Fact] // CASE-3: what came in under another item came in since, too
    public void What_comes_in_elsewhere_may_be_news_after_the_way_back()
    {
        var spec = CaseSpec.Submitted(Plain).Given(Notice("form", "lease"), Move(Other), Supply("form", "lease"), Move(Plain));

        Assert.Equal(CaseStatus.Submitted, spec.Case.Status);
        spec.When(Notice("photo")).ThenRefused(CaseRefusals.CorrectionAlreadySent);
        spec.When(Notice("lease")).Then<CorrectionRequested>();
    }

    [Fact] // CASE-3: the applicant still owes what that notice asks for
    public void Coming_back_finds_an_unanswered_notice_open()
    {
        var spec = CaseSpec.Submitted(Plain).Given(Notice("form", "lease"), Move(Other), Supply("form")).When(Move(Plain));

        Assert.True(spec.Then<CaseMovedToItem>().NoticeReopened);
        Assert.Equal((CaseStatus.CorrectionRequested, null), (spec.Case.Status, spec.Case.AcceptBy));
        Assert.Equal(["lease"], spec.Case.Notices.Single().Outstanding([], []).Select(l => l.Material));
        spec.When(Supply("lease"));
        Assert.Equal(China.At("2020-07-08 23:59:59"), spec.Then<MaterialsSupplied>().AcceptBy);

        var remark = CaseSpec.Submitted(Plain).Given(Notice([null]), Move(Other), Move(Plain));
        Assert.Equal(CaseStatus.CorrectionRequested, remark.Case.Status);
        remark.Given(Supply("form"), Move(Other), Move(Plain));
        Assert.Equal(CaseStatus.Submitted, remark.Case.Status);
    }

    [Theory] // CASE-2: a notice stops the five working days, and a move does not start them anew
    [InlineData("2020-07-01 15:00", "2020-07-20 23:59:59")]
    [InlineData("2020-07-06 10:00", "2020-07-15 23:59:59")]
    [InlineData("2020-07-08 10:00", "2020-07-13 23:59:59")]
    public void A_move_leaves_as_much_time_as_the_notice_left(string noticeAt, string due)
    {
        var spec = CaseSpec.Submitted(Plain).At(noticeAt).Given(Notice("form")).At("2020-07-13 10:00").Given(Move(Other));

        Assert.Equal(China.At(due), spec.Case.AcceptBy);
    }

    [Fact] // CASE-2
    public void However_often_it_moves_the_department_has_five_working_days()
    {
        var spec = CaseSpec.Submitted(Plain).Given(Notice("form"));
        spec.At("2020-07-13 10:00").Given(Move(Other)).At("2020-07-15 10:00").Given(Move(Plain)); // two of five are gone
        Assert.Equal(CaseStatus.CorrectionRequested, spec.Case.Status);

        spec.At("2020-07-20 10:00").Given(Move(Other));
        Assert.Equal(China.At("2020-07-23 23:59:59"), spec.Case.AcceptBy);
        spec.At("2020-07-22 10:00").Given(Notice("photo")).At("2020-07-27 10:00").Given(Move(Plain)).At("2020-07-28 10:00");
        spec.Given(Move(Other with { Code = "THIRD-ITEM" }));
        Assert.Equal(China.At("2020-07-29 23:59:59"), spec.Case.AcceptBy);
    }

    [Fact] // CASE-2
    public void A_material_supplied_twice_replaces_the_first_and_stands_in_the_notice_once()
    {
        var better = Paper("form") with { Name = "better.pdf" };
        var spec = CaseSpec.Submitted(Plain, "form").Given(Notice("form", "lease"), Supply("form"), Ask.SupplyMaterials(Agency, [better]));

        Assert.Equal([HandedIn(better)], spec.Case.Materials);
        Assert.Equal(["form"], spec.Case.Notices.Single().Supplied);
    }

    [Fact] // CASE-2
    public void A_notice_says_something_about_materials_the_item_asks_for()
    {
        var spec = CaseSpec.Submitted(Plain);

        spec.When(Notice()).ThenRefused(CaseRefusals.CorrectionEmpty, "/lines");
        spec.When(Notice([.. Enumerable.Repeat("form", 101)])).ThenRefused(CaseRefusals.CorrectionEmpty, "/lines");
        spec.When(Ask.SendCorrectionNotice(Clerk(Lead), [new("缺", "form"), new(" ", "lease")])).ThenRefused(CaseRefusals.CorrectionEmpty, "/lines/1/text");
        spec.When(Notice("form", "passport")).ThenRefused(CaseRefusals.MaterialUnknown, "/lines/1/material");
    }

    [Fact] // CASE-2
    public void Only_the_lead_sends_a_notice_and_only_before_acceptance()
    {
        CaseSpec.Submitted(Plain).When(Notice("form") with { By = Clerk(Department.Tax) }).ThenRefused(CaseRefusals.NotYourDepartment);
        CaseSpec.Accepted().When(Notice("form")).ThenRefused(CaseRefusals.NotInThisState);
    }

    [Fact] // CASE-2: the lead department's window takes papers in, too
    public void Materials_come_from_the_applicant_the_submitter_or_the_window()
    {
        CaseSpec.Submitted(Plain).When(Supply("form") with { By = Samples.Applicant }).Then<MaterialsSupplied>();
        CaseSpec.Submitted(Plain).When(Supply("form") with { By = Clerk(Lead) }).Then<MaterialsSupplied>();
        CaseSpec.Submitted(Plain).When(Supply("form") with { By = Clerk(Department.Tax) }).ThenRefused(CaseRefusals.NotYourCase);
        CaseSpec.Submitted(Plain).When(Supply("form") with { By = new Actor("mobile", "somebody", Applicant: "person:1") }).ThenRefused(CaseRefusals.NotYourCase);
    }

    [Fact] // CASE-2
    public void What_comes_in_is_described_correctly()
    {
        CaseSpec.Submitted(Plain).When(Supply()).ThenRefused(CaseRefusals.MaterialInvalid, "/materials");
        CaseSpec.Submitted(Plain).When(new(Agency, new SupplyMaterials())).ThenRefused(CaseRefusals.MaterialInvalid, "/materials");
        CaseSpec.Submitted(Plain).When(Supply("passport")).ThenRefused(CaseRefusals.MaterialUnknown, "/materials/0/code");
    }

    [Fact] // CASE-2: a case may be accepted although its notice is not answered whole
    public void The_department_may_accept_while_its_notice_is_open() =>
        CaseSpec.Submitted(Plain, "form", "lease").Given(Notice("photo")).When(Acceptance(Lead)).Then(typeof(CaseAccepted), typeof(StepOpened));
}
