using OneDoor.Clock;
using OneDoor.Documents;
using OneDoor.Files;
using OneDoor.Forms;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-12: materials, fields, agents and results hold files, and sight of the one is sight of the other.</summary>
public class FilesOfCases
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax, Police = Department.PublicSecurity;

    private static readonly CarriedFile Form = FileOf(1), Order = FileOf(2), TaxForm = FileOf(3), Result = FileOf(4);

    private static readonly CarriedFile Sheet = FileOf(6) with { MediaType = FileTypes.Xlsx };

    private static readonly Dictionary<Guid, CarriedFile> Own = new[] { Form, Order, TaxForm, Result }.ToDictionary(f => f.Id);

    private static Asked Joined => Submission(Joint) with
    {
        Materials = [new("form", "申请表.pdf", File: Form.Id), new("seal-order", "印章.pdf", Order.Digest.ToUpperInvariant().Replace("SHA", "sha", StringComparison.Ordinal), Order.Id), new("tax-form", "税务.pdf", File: TaxForm.Id)],
        Files = Own,
    };

    [Fact] // CASE-12
    public void The_fact_keeps_what_the_file_was()
    {
        var spec = new CaseSpec().Given(Joined);

        Assert.Equal([Form, Order, TaxForm], spec.Case.Materials.Select(m => m.File));
        Assert.Equal(new[] { Form, Order, TaxForm }.Select(f => f.Digest), spec.Case.Materials.Select(m => m.Digest));
        Assert.Equal([Form, Order, TaxForm], CaseFiles.CarriedBy(spec.Facts[0]));
    }

    [Fact] // CASE-12: all that is wrong at once
    public void A_file_is_ones_own_and_has_the_digest_that_is_said()
    {
        var refused = new CaseSpec().When(Joined with
        {
            Materials = [new("form", "申请表.pdf", File: new Guid(9, 0, 0, new byte[8])), new("seal-order", "印章.pdf", "sha-256:" + new string('b', 64), Order.Id), new("tax-form", "税务.pdf")],
        }).Refused!;

        Assert.Equal(
            [("file.unknown", "/materials/0/file"), ("file.digest-mismatch", "/materials/1/digest"), ("case.material-invalid", "/materials/2/digest")],
            refused.Fields.Select(f => (f.Code, f.Pointer)));
    }

    [Fact] // CASE-12
    public void A_material_that_is_exchanged_has_another_file()
    {
        var spec = new CaseSpec().Given(Joined).At("2020-07-07 09:00").Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("看不清", "form")]));
        var supplied = Ask.SupplyMaterials(Agency, [new("form", "申请表（清晰）.pdf", File: Result.Id)]);

        spec.When(supplied).ThenRefused(FileRefusals.Unknown, "/materials/0/file");
        spec.Given(supplied with { Files = Own });
        Assert.Equal(Result, spec.Case.Materials.Single(m => m.Code == "form").File);
    }

    [Theory] // CASE-12: with a grant and with a refusal
    [InlineData(StepOutcome.Granted)]
    [InlineData(StepOutcome.Refused)]
    public void A_decision_comes_with_documents(StepOutcome outcome)
    {
        var decision = Ask.Of(Supervisor(Tax), new DecideStep(outcome, outcome == StepOutcome.Refused ? "不符" : null, outcome == StepOutcome.Refused ? "税收征收管理法" : null)
        { Step = "invoices", Results = [new("决定书.pdf", Result.Id)] });

        CaseSpec.Licensed().When(decision).ThenRefused(FileRefusals.Unknown, "/results/0/file");
        CaseSpec.Licensed().When(decision with { Files = Own, Command = (DecideStep)decision.Command with { Results = [new(" ", Result.Id)] } }).ThenRefused(CaseRefusals.ResultInvalid, "/results/0/name");
        var spec = CaseSpec.Licensed().Given(decision with { Files = Own });

        Assert.Equal([new ResultDocument("决定书.pdf", Result)], spec.Case.Step("invoices")!.Results);
        Assert.Equal([Result], Seen(spec, Clerk(Tax)));
        Assert.Equal([Result], Seen(spec, Samples.Applicant));
        Assert.Empty(Seen(spec, Clerk(Lead)).Concat(Seen(spec, Clerk(Police))).Concat(Seen(spec, Clerk(Department.ServiceOffice))));
        Assert.Null(spec.Case.SeenBy(Clerk(Department.ServiceOffice))!.Step("invoices")!.Results);
    }

    [Fact] // CASE-12, HEAR-2, JOINT-3
    public void The_minutes_of_a_hearing_are_text_or_the_signed_paper()
    {
        Asked Minutes(CloseHearing command) => Ask.Of(Clerk(Lead), command with { Hearing = 1 }) with { Files = Own.Append(new(Sheet.Id, Sheet)).ToDictionary() };
        var signed = new CloseHearing("赵敏、业主委员会", China.Day("2020-07-14"), File: Result.Id);
        var spec = CaseSpec.Accepted().Given(FairProcedure.Called("2020-07-14")).At("2020-07-14 17:00");

        spec.When(Minutes(signed with { File = null })).ThenRefused(CaseRefusals.MinutesInvalid, "/text");
        spec.When(Minutes(signed with { Text = "各方陈述了意见。" })).ThenRefused(CaseRefusals.MinutesInvalid, "/text");
        spec.When(Minutes(signed with { File = new Guid(9, 0, 0, new byte[8]) })).ThenRefused(FileRefusals.Unknown, "/file");
        spec.When(Minutes(signed with { File = Sheet.Id })).ThenRefused(CaseRefusals.MinutesInvalid, "/file");
        spec.When(Minutes(signed)).Then(typeof(HearingClosed), typeof(ClockResumed));

        Assert.Equal((null, Result), (spec.Case.Hearings[0].Minutes!.Text, spec.Case.Hearings[0].Minutes!.File));
        spec.When(Minutes(signed)).ThenNothing();
        Assert.Contains(Result, Seen(spec, Clerk(Lead)));
        Assert.Contains(Result, Seen(spec, Samples.Applicant));
        Assert.DoesNotContain(Result, Seen(spec, Clerk(Department.ServiceOffice)).Concat(Seen(spec, Clerk(Tax))));
        var granted = spec.Given(Ask.Of(Second(Lead), new DecideStep(StepOutcome.Granted, "依据听证笔录。") { Step = "review" })).Facts.OfType<StepGranted>().Single();
        Assert.Contains(Draft.Of(spec.Case, Plain, granted)!.Paragraphs, paragraph => paragraph.Contains(Result.Digest, StringComparison.Ordinal));
    }

    [Fact] // CASE-12, JOINT-3, SIGHT-1
    public void Whoever_sees_a_material_sees_its_file_and_nobody_else()
    {
        var spec = new CaseSpec().Given(Joined, Acceptance(Lead));

        Assert.Equal([Form, Order, TaxForm], Seen(spec, Samples.Applicant));
        Assert.Equal([Form, Order, TaxForm], Seen(spec, Agency));
        Assert.Equal([Form], Seen(spec, Clerk(Lead)));
        Assert.Equal([Form, Order], Seen(spec, Clerk(Police)));
        Assert.Equal([TaxForm], Seen(spec, Clerk(Tax)));
        Assert.Empty(Seen(spec, Clerk(Department.SocialSecurity)));
        Assert.Empty(Seen(spec, Clerk(Department.Fire)));
        Assert.Empty(Seen(spec, Clerk(Department.ServiceOffice)));
    }

    // A field of everybody, one in rows that is tax's, and a sensitive one of social security; and the agent's authority.
    private static readonly Form Papers = new()
    {
        Code = "papers", Name = new("表", "Papers"), Sample = true,
        Fields =
        [
            SampleForms.Of("plan", FieldType.File), SampleForms.Of("books", FieldType.List) with { Steps = ["invoices"], Fields = [SampleForms.Of("scan", FieldType.File)] },
            SampleForms.Of("diagnosis", FieldType.File) with { Steps = ["insurance"], Sensitive = true },
        ],
    };

    private static readonly CarriedFile Plan = Form, Books = TaxForm, Diagnosis = Result, Authority = Order;

    private static Asked Stated => Submission(Joint, "form", "seal-order", "tax-form") with
    {
        Form = Papers,
        Answer = SampleForms.Json($$"""{"plan":"{{Plan.Id}}","books":[{},{"scan":"{{Books.Id}}"}],"diagnosis":"{{Diagnosis.Id}}"}"""),
        Agent = new("李四", "11010519491231002X", Authority.Id),
        Files = Own,
    };

    [Fact] // CASE-12: all that is wrong at once
    public void A_file_that_a_field_or_an_agent_names_is_ones_own() => new CaseSpec().When(Stated with { Files = new Dictionary<Guid, CarriedFile>() })
        .ThenRefused(FileRefusals.Unknown, "/form/plan", "/form/books/1/scan", "/form/diagnosis", "/agent/authority");

    public static TheoryData<string, string> Readers => new()
    {
        { "applicant", "plan books diagnosis authority" },
        { "submitter", "plan books diagnosis authority" },
        { "market-regulation", "plan authority" },
        { "tax", "plan books authority" },
        { "social-security", "plan diagnosis authority" },
        { "auditor", "plan books authority" },
        { "service-office", "" },
        { "fire", "" },
    };

    [Theory] // CASE-12, JOINT-3, SIGHT-1
    [MemberData(nameof(Readers))]
    public void Whoever_sees_a_field_sees_the_file_it_names_and_nobody_else(string reader, string files)
    {
        var (spec, viewer) = (new CaseSpec().Given(Stated), SightOfForms.ReaderOf(reader));

        Assert.Equal(files, Names(Seen(spec, viewer)));
        Assert.Equal(files, Names(spec.Case.SeenBy(viewer)?.Files ?? []));
    }

    [Fact] // CASE-12, CASE-15: what is carried already is not to be uploaded again
    public void A_field_that_is_mended_names_a_file_of_ones_own_or_one_that_is_carried()
    {
        var spec = new CaseSpec().Given(Stated);
        var other = FileOf(5);
        var mend = Ask.MendForm(Agency, $$"""{"plan":"{{other.Id}}","books":[{"scan":"{{Plan.Id}}"}]}""");

        spec.When(mend).ThenRefused(FileRefusals.Unknown, "/form/plan");
        spec.Given(mend with { Files = new Dictionary<Guid, CarriedFile> { [other.Id] = other } });

        Assert.Equal([other], CaseFiles.CarriedBy(spec.Facts[^1]));
        Assert.Equal([Plan, other], spec.Case.SeenBy(Clerk(Tax))!.Files!.Where(file => file != Authority));
        Assert.Equal([Authority, other], spec.Case.SeenBy(Clerk(Lead))!.Files);
        Assert.Equal([Plan, Diagnosis, Authority, other], spec.Case.SeenBy(Samples.Applicant)!.Files);
    }

    [Fact] // APP-2, CASE-12
    public void What_joint_parties_state_is_carried_from_the_first_signature_to_the_last()
    {
        var spec = new CaseSpec().Given(BySeller with { Form = Papers, Answer = SampleForms.Json($$"""{"plan":"{{Plan.Id}}"}"""), Files = Own }, SignedBy(Buyer));

        Assert.Equal([[Plan], [], [Plan]], spec.Facts.Select(fact => CaseFiles.CarriedBy(fact)));
    }

    private static string Names(IEnumerable<CarriedFile> files) => string.Join(
        ' ', new (CarriedFile File, string Name)[] { (Plan, "plan"), (Books, "books"), (Diagnosis, "diagnosis"), (Authority, "authority") }.Where(named => files.Contains(named.File)).Select(named => named.Name));

    private static IEnumerable<CarriedFile> Seen(CaseSpec spec, Actor reader) => spec.Case.SeenBy(spec.Facts, reader).SelectMany(f => CaseFiles.CarriedBy(f.Fact));

    private static CarriedFile FileOf(int n) => new(new Guid(n, 0, 0, new byte[8]), "sha-256:" + new string((char)('a' + n), 64), 1000 + n, FileTypes.Pdf);
}
