using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;
using OneDoor.Forms;

namespace OneDoor.Sample;

/// <summary>
/// What happens to a case of the sample. It is asked of the rules as anybody would ask it, and what they answer are its facts: there is no
/// second truth about what a case is.
/// </summary>
/// <param name="published">The items as a store has them; by default those of June 2020, as they would be published.</param>
public sealed partial class SampleLife(IEnumerable<ItemPublished>? published = null)
{
    // The answers to forms of a day, which many cases give.
    private const int KeptAnswers = 2_000, YearsLater = 8;

    private readonly Dictionary<string, ItemPublished> _published = (published ?? CatalogueData.June2020()
        .Select(item => new ItemPublished(default, 1, SamplePlan.Begins, item, CatalogueData.FormOf(item, CatalogueData.Forms())))).ToDictionary(known => known.Item.Code);

    private readonly Dictionary<(string, DateOnly, ApplicantKind, bool), SubmitCase> _answers = [];

    /// <summary>The emergency project of the epidemic: what the zone listed, and the project as it stands.</summary>
    public static IReadOnlyList<EmergencyProjectFact> Listed { get; } =
    [
        new EmergencyProjectRegistered(
            SampleDays.Moment(SamplePlan.Epidemic, new Random(1)), Supervisor(Department.ServiceOffice), Sha256Digest.IdOf("the sample's emergency project"), "疫情防控应急项目",
            "新型冠状病毒肺炎疫情防控", "天津港保税区新型冠状病毒肺炎疫情防控工作指挥部", "示例〔2020〕1号", SamplePlan.Ends.AddMonths(6)),
    ];

    private static EmergencyProject Project { get; } = Listed.Aggregate(default(EmergencyProject), EmergencyProject.Evolve)!;

    /// <summary>Its facts, in order.</summary>
    /// <param name="drawn">The case.</param>
    /// <exception cref="InvalidOperationException">A rule refuses something: the sample is not lawful.</exception>
    public IReadOnlyList<CaseFact> FactsOf(SampleCase drawn)
    {
        var random = new Random((int)Drawn.From(drawn.Number, "who"));
        var told = new Telling(drawn);
        Submit(drawn, told, random);
        if (told.Case.Status is CaseStatus.Submitted or CaseStatus.CorrectionRequested)
        {
            if (drawn.Way == SampleWay.Mended)
                Mend(drawn, told);
            told.Do(drawn.AcceptedAt, Clerk(told.Case.Lead), new AcceptCase());
            Handle(drawn, told, random);
        }
        if (told.Case.Commitment is { IsToBeMet: true })
            told.Do(SampleDays.Moment(SampleDays.From(LegalClock.DayOf(drawn.DecidedAt), 5), random), told.Submitter, new FulfilCommitment());
        told.Explain(DateTimeOffset.MaxValue);
        return told.Facts;
    }

    private void Submit(SampleCase drawn, Telling told, Random random)
    {
        var (item, cell) = (drawn.Cell.Item, drawn.Cell);
        var kinds = SampleTable.IsJointOnly(item) ? item.Applicants : [.. item.Applicants.Where(kind => kind != ApplicantKind.JointParties)];
        var (kind, day, committed) = (kinds[random.Next(kinds.Count)], LegalClock.DayOf(drawn.SubmittedAt), drawn.Way == SampleWay.Committed);
        var applicant = ExampleApplication.By(item, kind, random);
        told.Submitter = cell.IsOnline || cell.Channel == Channel.Kiosk
            ? new("mobile", string.Create(CultureInfo.InvariantCulture, $"sample-{drawn.Number}"), Applicant: applicant.Applies.Key) : Clerk(item.Department);
        var whole = ExampleApplication.For(applicant, Application(item, kind, day, committed)) with { Channel = cell.Channel, Hall = cell.Hall, EmergencyProject = cell.Emergency ? Project.Id : null };
        var submission = drawn.Way == SampleWay.Mended ? whole with { Materials = [.. whole.Materials!.Where(given => given.Code != Missing(item))] } : whole;
        told.Do(drawn.SubmittedAt, told.Submitter, submission, asked => asked with
        {
            Item = _published[item.Code],
            Applicant = applicant,
            New = (told.Id, CaseNumber.Of(item.Code, day, drawn.Number)),
            Emergency = cell.Emergency ? Project : null,
        });
    }

    private SubmitCase Application(Item item, ApplicantKind kind, DateOnly day, bool committed)
    {
        if (_answers.TryGetValue((item.Code, day, kind, committed), out var given))
            return given;
        if (_answers.Count >= KeptAnswers)
            _answers.Clear();
        var whole = ExampleApplication.Of(item, form: null, kind, new Random(0), day, committed);
        return _answers[(item.Code, day, kind, committed)] = _published[item.Code].Form is { } form ? whole with { Form = Answer(form, day) } : whole;
    }

    // Forms have examples of today. Eight years later each day of a year is there again, so that the same answer lies as far back.
    private static JsonElement Answer(Form form, DateOnly day) => JsonDocument.Parse(Days().Replace(
        FormExample.Of(form, day.AddYears(YearsLater)).GetRawText(),
        found => string.Create(CultureInfo.InvariantCulture, $"\"{int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - YearsLater}{found.Groups[2].ValueSpan}\""))).RootElement.Clone();

    [GeneratedRegex("""
        "([0-9]{4})(-[0-9]{2}(?:-[0-9]{2})?)"
        """)]
    private static partial Regex Days();

    private static string Missing(Item item) => item.Materials.First(material => material.Required).Code;

    private static void Mend(SampleCase drawn, Telling told)
    {
        var noticed = SampleDays.Moment(SampleDays.From(LegalClock.DayOf(drawn.SubmittedAt), 1), new Random(drawn.Number));
        var missing = drawn.Cell.Item.Materials.First(material => material.Code == Missing(drawn.Cell.Item));
        foreach (var other in told.Case.Unheard.ToArray())
            told.Do(noticed, Clerk(other), new AddCorrectionLines([]));
        told.Do(noticed, Clerk(told.Case.Lead), new SendCorrectionNotice([new($"请补交{missing.Name.Zh}。", missing.Code)]));
        told.Do(drawn.AcceptedAt.AddMinutes(-5), told.Submitter, new SupplyMaterials([new(missing.Code, $"{missing.Name.Zh}.pdf", Sha256Digest.Of(missing.Code))]));
    }

    // Steps that wait for others are decided after them, the last of all when the case is.
    private static void Handle(SampleCase drawn, Telling told, Random random)
    {
        var levels = 1 + told.Case.Plan.Steps.Max(step => Depth(step, told.Case.Plan.Steps));
        for (var level = 1; !told.Case.IsEnded; level++)
        {
            if (level > levels)
                throw new InvalidOperationException($"{told.Case.Number} has no end: {told.Case.Status}.");
            var at = level == levels ? drawn.DecidedAt : Between(drawn, level, levels);
            foreach (var step in told.Case.Steps.Where(step => step.Status == StepStatus.Open).ToArray())
            {
                told.Prepare(step, drawn.AcceptedAt);
                told.Do(at, drawn.Way == SampleWay.Refused ? Supervisor(step.Department) : Clerk(step.Department), Decision(drawn, told.Case, step, random));
            }
        }
    }

    private static DecideStep Decision(SampleCase drawn, Case now, StepState step, Random random)
    {
        if (drawn.Way == SampleWay.Refused)
            return new(StepOutcome.Refused, "不符合该事项的法定条件。", drawn.Cell.Item.LegalBasis[0]) { Step = step.Code };
        var founds = now.Applicant.Subject is { Uscc: null } && now.Plan.Steps.First(planned => planned.Code == step.Code).Issues is not null;
        return new(StepOutcome.Granted, "符合条件", Uscc: founds ? ExampleApplication.Entity(random).Uscc : null) { Step = step.Code };
    }

    private static int Depth(ProcedureStep step, IReadOnlyList<ProcedureStep> all) =>
        step.After.Count == 0 ? 0 : 1 + step.After.Max(before => Depth(all.First(other => other.Code == before), all));

    private static DateTimeOffset Between(SampleCase drawn, int level, int levels)
    {
        var (from, until) = (drawn.AcceptedAt, drawn.DecidedAt);
        var days = SampleDays.Before(LegalClock.DayOf(until)) - SampleDays.Before(LegalClock.DayOf(from));
        if (days == 0)
            return from.AddSeconds((int)((until - from).TotalSeconds * level / levels));
        var day = SampleDays.From(LegalClock.DayOf(from), days * level / levels);
        var at = LegalClock.MidnightOf(day).ToUniversalTime() + (from - LegalClock.MidnightOf(LegalClock.DayOf(from))) + TimeSpan.FromMinutes(5 * level);
        return at < until ? at : until;
    }

    internal static Actor Clerk(Department department) => new($"sandbox-{Kebab.Of(department)}", $"sandbox-{Kebab.Of(department)}", department);

    internal static Actor Supervisor(Department department) => Clerk(department) with { IsSupervisor = true };

    // A case as it is told: what the rules make of each command, and of the time that passes until it.
    private sealed class Telling(SampleCase drawn)
    {
        private readonly List<CaseFact> _facts = [];
        private Case? _case;

        public Guid Id { get; } = IdOf(drawn);

        public Actor Submitter { get; set; } = null!;

        public Case Case => _case!;

        public IReadOnlyList<CaseFact> Facts => _facts;

        public void Do(DateTimeOffset at, Actor by, CaseCommand command, Func<CaseAsking, CaseAsking>? knowing = null)
        {
            Pass(at);
            var asked = new CaseAsking(by, LegalClock.Zone, at);
            var decided = Case.Decide(_case, command, knowing?.Invoke(asked) ?? asked);
            if (decided.Refused is { } refused)
                throw new InvalidOperationException($"{drawn.Cell.Item.Code}, {drawn.Cell.Channel}, {command.GetType().Name} at {at:u}: {refused.Code} {refused.Detail?.En} {string.Join(' ', refused.Fields.Select(field => field.Pointer))}");
            Add(decided.Facts);
        }

        // What has to be looked at, told and heard before the decision (CASE-16, HEAR-1, HEAR-2).
        public void Prepare(StepState step, DateTimeOffset from)
        {
            var (own, item, today) = (Clerk(step.Department), drawn.Cell.Item, LegalClock.DayOf(from));
            if (drawn.Way == SampleWay.Refused || Case.Inspections.Count + Case.ThirdPartyNotices.Count > 0)
                return;
            if (item.Inspection == Requirement.Required)
                Do(from.AddMinutes(2), own, new InspectStep(step.Code, [new("018", "李娜"), new("027", "王伟")], today, "申请地址", InspectionFinding.Passed));
            if (item.ThirdParty)
                Do(from.AddMinutes(3), own, new TellThirdParties(step.Code, SampleDays.From(today, Item.SpeakWithin), [new("利害关系人")]));
            if (item.Hearing != Requirement.Required)
                return;
            var held = SampleDays.From(today, Case.HearingToldBefore + 1);
            Do(from.AddMinutes(4), own, new CallHearing(step.Code, HearingGround.Required, held, "空港政务服务大厅", new("003", "赵敏")));
            Do(LegalClock.MidnightOf(held).ToUniversalTime().AddHours(16), own, new CloseHearing("赵敏", held, "各方陈述了意见。") { Hearing = 1 });
        }

        // As the platform's sweep would: what becomes due is recorded then, and a missed promise is explained the next day (CLK-8).
        private void Pass(DateTimeOffset until)
        {
            while (_case?.WakeAt is { } wake && wake.AddMinutes(1) < until)
            {
                Add(_case.Lapse(LegalClock.Zone, wake.AddMinutes(1)));
                Explain(until);
            }
        }

        /// <summary>Why it is late, said by then, where that is owed.</summary>
        public void Explain(DateTimeOffset until)
        {
            if (Case.Delay is not { ExplainedAt: null, RaisedAt: null } late)
                return;
            var explained = LegalClock.MidnightOf(LegalClock.DayOf(late.ExplainBy)).ToUniversalTime().AddHours(10);
            if (explained < until)
                Do(explained, Clerk(Case.Lead), new ExplainDelay("材料核查所需时间超出预期。"));
        }

        private void Add(IReadOnlyList<CaseFact> facts)
        {
            _facts.AddRange(facts);
            _case = facts.Aggregate(_case, Case.Evolve);
        }

        // A version 7 id of the time it comes in, drawn as all else of it.
        private static Guid IdOf(SampleCase drawn)
        {
            var bytes = Guid.CreateVersion7(drawn.SubmittedAt).ToByteArray(bigEndian: true);
            BitConverter.GetBytes(Drawn.From(drawn.Number, "id")).CopyTo(bytes, 8);
            (bytes[6], bytes[7], bytes[8]) = (0x70, (byte)drawn.Number, (byte)(0x80 | (bytes[8] & 0x3F)));
            return new(bytes, bigEndian: true);
        }
    }
}
