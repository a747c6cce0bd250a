using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Files;
using OneDoor.Forms;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Cases;

// What is handed in, stated and given with a decision: described correctly, with files that are one's own (CASE-12), and nothing twice that a licence proves (JOINT-4).
public sealed partial record Case
{
    private const int LongestMaterialName = 200, MostResults = 20;

    /// <summary>Materials whose licence has ended since the last correction notice, or was found to have when that was sent; null where none has.</summary>
    [JsonIgnore(Condition = WhenWritingNull)]
    public IReadOnlyList<UnprovedMaterial>? Unproved { get; init; }

    private Decision<CaseFact> Supply(SupplyMaterials c, CaseAsking asked)
    {
        // A window takes papers in for the applicant, so the lead department may hand in, too.
        if (!SpeaksForApplicant(asked.By) && asked.By.Department != Lead)
            return CaseRefusals.NotYourCase;
        var given = c.Materials ?? [];
        if (Refusal.AllOf(MaterialsRefused(given, Plan.Materials, asked)) is { } refused)
            return refused;
        if (given.Count == 0 && (c.Form is not { } stated || (stated.ValueKind == JsonValueKind.Object && stated.GetPropertyCount() == 0)))
            return CaseRefusals.MaterialInvalid.At("/materials");
        var codes = given.Select(m => m.Code).ToArray();
        // Once the case is accepted only what was pledged comes in, and what a step is still to open with: nobody exchanges what a
        // decision rests on. CASE-2: where the law accepted it, nobody had to pledge, and what is missing comes in until the decision.
        var follows = Status is not (CaseStatus.Refused or CaseStatus.Withdrawn) && c.Form is null && codes.All(code =>
            Deferred.Any(d => d.Code == code) || MayStillCome(code) || (Deemed && IsAccepted && Plan.Materials.Any(m => m.Code == code && Lacks(m))));
        if (Status is not (CaseStatus.Submitted or CaseStatus.CorrectionRequested) && !follows)
            return InThisState("补充材料", "supplying materials");
        var (form, mended, wrong) = c.Form is { } changes ? Mend(changes, asked) : (null, null, null);
        if (wrong is not null)
            return wrong;
        // Whoever answers a notice by what stands there says that it is right.
        if (given.Count == 0 && form == Form && Notices.Count == 0)
            return Decision<CaseFact>.Nothing;
        var answered = Status == CaseStatus.CorrectionRequested && !Notices[^1].Outstanding(codes, mended ?? []).Any();
        var due = answered ? AnswerDue(asked.Clock, asked.Now) : null;
        var supplied = new MaterialsSupplied(
            asked.Now, asked.By, Kept(given, asked), due?.DueAt, mended, form, Carried(CaseFiles.StatedBy(c, Plan.Form), asked), due?.Provisional == true);
        var after = Evolve(this, supplied);
        return Decision<CaseFact>.Of([supplied, .. after.AtOnce(asked), .. IsAccepted ? after.Opening(asked) : []]);
    }

    // CASE-11: what the notice names changes, and what hangs together with it, and before there is one whatever is wrong (CASE-15), but for what several have
    // signed (APP-2). What the form itself finds wrong, after the case was moved to another item, may be mended as well. The whole is checked again.
    private (string? Form, IReadOnlyList<string>? Mended, Refusal? Wrong) Mend(JsonElement changes, CaseAsking asked)
    {
        var today = LegalClock.DayOf(asked.Now);
        if (Plan.Form is not { } form || AnswerText.Read(Form) is not { } before)
            return (null, null, FormRefusals.FieldNotAsked.Because("该办件没有申请表。", "The case has no form.").At("/form"));
        if (!AnswerText.IsReadable(changes))
            return (null, null, FormRefusals.FieldInvalid.Because("须为 JSON 对象。", "It is a JSON object.").At("/form"));
        string[] mended = [.. changes.EnumerateObject().Select(change => change.Name)];
        var known = AnswerText.Read(AnswerText.Only(Form, name => form.Fields.Any(field => field.Name == name)))!.Value;
        var may = Notices.Count == 0 && Applicant.Parties is null ? [.. mended] : MayChange(form, known, changes, today);
        var answer = AnswerText.With(known, changes);
        Refusal[] refused =
        [
            .. mended.Where(name => !may.Contains(name) && form.Fields.Any(field => field.Name == name)).Select(name => CaseRefusals.FieldNotNamed.At($"/form/{name}")),
            .. Wrong(form, answer, mended, today),
            // Whom it is for nobody mends; how they write themselves may have been wrong.
            .. WorkerRefused(Applicant, form, changes).Where(wrong => wrong.Fields[0].Pointer == "/form/worker/idNumber"),
            .. FilesRefused(AnswerFiles.In(form, changes), asked, Files),
        ];
        return refused.Length > 0 ? (null, null, Refusal.AllOf(refused)) : (AnswerText.Of(answer), mended, null);
    }

    // What is not changed was right when it was stated: between the submission and now, and days that a form asks for are wrong before or after those it takes.
    private IEnumerable<Refusal> Wrong(Form form, JsonElement answer, string[] mended, DateOnly today)
    {
        var now = FormAnswer.Refusals(form, answer, today);
        if (now.Count == 0)
            return now;
        var before = FormAnswer.Refusals(form, answer, LegalClock.DayOf(SubmittedAt)).SelectMany(wrong => wrong.Fields).Select(of => (of.Pointer, of.Code)).ToHashSet();
        return now.Where(wrong => wrong.Fields.Any(of => mended.Contains(FormAnswer.FieldAt(of.Pointer)) || before.Contains((of.Pointer, of.Code))));
    }

    private HashSet<string> MayChange(Form form, JsonElement known, JsonElement changes, DateOnly today)
    {
        HashSet<string> may = [.. (Notices.Count == 0 ? [] : Notices[^1].Lines).Select(line => line.FieldName).OfType<string>(), .. FormAnswer.Concerned(form, known, today)];
        while (FormAnswer.Concerned(form, AnswerText.With(known, changes, may.Contains), today).Except(may).ToArray() is { Length: > 0 } more)
            may.UnionWith(more);
        return may;
    }

    /// <summary>JOINT-4: materials the command would find missing and a licence proves, if the applicant holds it; before acceptance those that one has proved as well, for as long as it is valid.</summary>
    /// <param name="state">The case so far; null before it is submitted.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="item">The item it names; null for none.</param>
    public static IEnumerable<Material> Provable(Case? state, CaseCommand command, Item? item) => (state, command) switch
    {
        (null, SubmitCase c) => item?.Materials.Where(m => m.ProvedBy is not null && c.Materials?.Any(given => given.Code == m.Code) is not true) ?? [],
        ({ Status: CaseStatus.AwaitingSignatures }, SignCase) => state.Plan.Materials.Where(state.LacksProvable),
        ({ Status: CaseStatus.Submitted or CaseStatus.CorrectionRequested }, ReferCase { Kind: ReferralKind.Item }) => item?.Materials.Where(state.RestsOnLicence) ?? [],
        ({ Status: CaseStatus.Submitted or CaseStatus.CorrectionRequested }, AcceptCase or SendCorrectionNotice or AddCorrectionLines or PledgeMaterial) => state.Plan.Materials.Where(state.RestsOnLicence),
        ({ Status: CaseStatus.Submitted or CaseStatus.CorrectionRequested, Plan.Filing: true }, SupplyMaterials) => state.Plan.Materials.Where(state.RestsOnLicence),
        ({ IsAccepted: true }, DecideStep or SupplyMaterials) => state.Plan.Materials.Where(m => m.NeededBy == MaterialNeed.Step && state.LacksProvable(m)),
        _ => [],
    };

    // What was proved, and is not any more, facts say: a rebuild asks no store what the applicant held then.
    private static IReadOnlyList<CaseFact> Prove(Case? state, CaseCommand command, CaseAsking asked)
    {
        var materials = Provable(state, command, asked.Item?.Item).ToArray();
        var renewed = state?.Renewal?.Licence ?? (command as SubmitCase)?.Renews;
        MaterialProved[] ended = [.. (state?.Proved ?? []).Where(p => materials.Any(m => m.Code == p.Code) && p.Number != state!.Renewal?.Licence && asked.Held.All(l => l.Number != p.Number))];
        MaterialProved[] proved =
        [
            .. from material in materials
               where state?.Proved.Except(ended).Any(p => p.Code == material.Code) != true
               let licence = asked.Held.Where(l => l.Licence.Code == material.ProvedBy && state?.IsOfAnother(material.Code, l) != true).MaxBy(l => (l.Number == renewed, l.DeliveredAt))
               where licence is not null
               select new MaterialProved(material.Code, licence.Licence, licence.Number),
        ];
        // Staff at a window are known nothing of by what they took in before.
        var known = (state is null ? asked.By.Role == ActorRole.Staff : state.ReceivedOn is not null) ? [] : asked.KnownToSubmitter;
        return
        [
            .. ended.Length == 0 ? [] : new CaseFact[] { new ProofsEnded(asked.Now, asked.By, ended, ProofEnd.LicenceEnded) },
            .. proved.Length == 0 ? [] : new CaseFact[]
            {
                new MaterialsProved(asked.Now, asked.By, proved, [.. proved.Select(p => p.Number!).Intersect(known)], state?.Pledges.Any(pledge => pledge.IsOpen && proved.Any(p => p.Code == pledge.Made.Code)) == true),
            },
        ];
    }

    private bool LacksProvable(Material material) => material.ProvedBy is not null && !Has(material.Code);

    private bool RestsOnLicence(Material material) => material.ProvedBy is not null && Materials.All(m => m.Code != material.Code);

    // Whatever was held when a notice said so: another one of those would prove as little, and no second notice could say it (CASE-3).
    private bool IsOfAnother(string material, DeliveredLicence licence) =>
        Notices.Concat(VoidNotices.Select(v => v.Notice)).Any(n => licence.DeliveredAt <= n.SentAt && n.Lines.Any(line => line.AnotherThing == true && line.Material == material));

    /// <summary>MODE-7, LIC-7: a licence that its applicant was issued meanwhile proves what they had pledged; nothing where it does not, or nothing is owed.</summary>
    /// <param name="at">When.</param>
    /// <param name="by">Who issued it.</param>
    /// <param name="licence">What was issued.</param>
    /// <param name="number">Its number.</param>
    public IReadOnlyList<CaseFact> KeptWith(DateTimeOffset at, Actor by, IssuedLicence licence, string number)
    {
        MaterialProved[] kept =
        [
            .. Plan.Materials.Where(m => m.ProvedBy == licence.Code && !Has(m.Code) && Pledges.Any(p => p.IsOpen && p.Made.Code == m.Code)).Select(m => new MaterialProved(m.Code, licence, number)),
        ];
        return kept.Length == 0 || OwedUntil is not null ? [] : [new MaterialsProved(at, by, kept, KeepsPledges: true)];
    }

    /// <summary>JOINT-4: a licence has ended, and proves no more what is not accepted yet; nothing where it proved nothing of that. What is to be renewed proves itself.</summary>
    /// <param name="at">When.</param>
    /// <param name="by">Who ended it; null when the clock did.</param>
    /// <param name="numbers">Its number, and those of what it is in the place of.</param>
    public IReadOnlyList<CaseFact> LostProof(DateTimeOffset at, Actor? by, IReadOnlyCollection<string> numbers)
    {
        var isAnswered = Status is not (CaseStatus.AwaitingSignatures or CaseStatus.Submitted or CaseStatus.CorrectionRequested) || LegalClock.IsOver(AcceptBy, at);
        MaterialProved[] ended = isAnswered ? [] : [.. Proved.Where(p => p.Number is { } number && number != Renewal?.Licence && numbers.Contains(number))];
        return ended.Length == 0 ? [] : [new ProofsEnded(at, by, ended, ProofEnd.LicenceEnded)];
    }

    private Case With(MaterialsProved f)
    {
        var codes = f.Materials.Select(m => m.Code).ToHashSet();
        var proved = WithReceived(codes) with { Proved = [.. Proved, .. f.Materials], KnownToSubmitter = [.. KnownToSubmitter, .. f.KnownToSubmitter ?? []] };
        return !f.KeepsPledges ? proved : proved with
        {
            Deferred = [.. Deferred.Where(d => !codes.Contains(d.Code))],
            Pledges = [.. Pledges.Select(p => p.IsOpen && codes.Contains(p.Made.Code) ? p with { State = PledgeState.Kept } : p)],
        };
    }

    // What a licence had kept is owed again.
    private Case With(ProofsEnded f)
    {
        var codes = f.Materials.Select(m => m.Code).ToHashSet();
        return this with
        {
            Proved = [.. Proved.Where(p => !codes.Contains(p.Code))],
            Unproved = f.Ground == ProofEnd.LicenceEnded ? [.. Unproved ?? [], .. codes.Select(code => new UnprovedMaterial(code, f.At))] : Unproved,
            Pledges = [.. Pledges.Select(p => p.State == PledgeState.Kept && codes.Contains(p.Made.Code) && !Materials.Any(m => m.Code == p.Made.Code) ? p with { State = PledgeState.Open } : p)],
        };
    }

    private static IEnumerable<Refusal> MaterialsRefused(IReadOnlyList<MaterialGiven> materials, IReadOnlyList<Material> known, CaseAsking asked)
    {
        var seen = new HashSet<string>();
        foreach (var (i, m) in materials.Index())
        {
            if (known.All(k => k.Code != m.Code))
                yield return MaterialUnknown(known).At($"/materials/{i}/code");
            else if (!seen.Add(m.Code))
                yield return CaseRefusals.MaterialInvalid.Because("同一编码只出现一次。", "Every code stands in the list once.").At($"/materials/{i}/code");
            if (!Wording.IsLine(m.Name, LongestMaterialName))
                yield return CaseRefusals.MaterialInvalid.Because("名称须为1至200个字符。", "A name has 1 to 200 characters.").At($"/materials/{i}/name");
            var file = m.File is { } id ? asked.Files.GetValueOrDefault(id) : null;
            if (m.File is not null && file is null)
                yield return FileRefusals.Unknown.At($"/materials/{i}/file");
            if (m.Digest is null ? m.File is null : !Digest().IsMatch(m.Digest))
                yield return CaseRefusals.MaterialInvalid.Because(
                    "摘要须为 sha-256: 加十六进制或 base64。", "A digest is sha-256: and 64 hexadecimal characters or the same in base64.").At($"/materials/{i}/digest");
            else if (file is not null && m.Digest is not null && !Sha256Digest.AreSame(m.Digest, file.Digest))
                yield return FileRefusals.DigestMismatch.At($"/materials/{i}/digest");
        }
    }

    private static IReadOnlyList<MaterialHandedIn> Kept(IReadOnlyList<MaterialGiven> materials, CaseAsking asked) =>
        [.. materials.Select(m => m.File is { } id ? new MaterialHandedIn(m.Code, m.Name, asked.Files[id].Digest, asked.Files[id]) : new(m.Code, m.Name, m.Digest!))];

    // What the form or the agent names is one's own, or carried by the case already.
    private static IEnumerable<Refusal> FilesRefused(IEnumerable<(string At, Guid File)> named, CaseAsking asked, IReadOnlyList<CarriedFile>? carried = null) =>
        named.Where(n => !asked.Files.ContainsKey(n.File) && carried?.Any(file => file.Id == n.File) != true).Select(n => FileRefusals.Unknown.At(n.At));

    private static CarriedFile[]? Carried(IEnumerable<(string At, Guid File)> named, CaseAsking asked) =>
        named.Select(n => n.File).Distinct().Where(asked.Files.ContainsKey).Select(id => asked.Files[id]).ToArray() is { Length: > 0 } files ? files : null;

    private static IEnumerable<Refusal> ResultsRefused(IReadOnlyList<ResultGiven> results, CaseAsking asked)
    {
        if (results.Count > MostResults)
            yield return CaseRefusals.ResultInvalid.At("/results");
        foreach (var (i, result) in results.Index())
        {
            if (!Wording.IsLine(result.Name, LongestMaterialName))
                yield return CaseRefusals.ResultInvalid.At($"/results/{i}/name");
            if (!asked.Files.ContainsKey(result.File))
                yield return FileRefusals.Unknown.At($"/results/{i}/file");
        }
    }

    private static IReadOnlyList<ResultDocument>? Kept(IReadOnlyList<ResultGiven>? results, CaseAsking asked) =>
        results is { Count: > 0 } ? [.. results.Select(r => new ResultDocument(r.Name, asked.Files[r.File]))] : null;

    private static Refusal MaterialUnknown(IReadOnlyList<Material> known)
    {
        var listed = Text.List(known.Select(m => m.Code));
        return CaseRefusals.MaterialUnknown.Because($"事项的材料：{listed.Zh}。", $"The item's materials: {listed.En}.");
    }

    private Case With(MaterialsSupplied f)
    {
        var replaced = f.Materials.Select(m => m.Code).ToHashSet();
        return WithReceived(replaced) with
        {
            Materials = [.. Materials.Where(m => !replaced.Contains(m.Code)), .. f.Materials],
            Deferred = [.. Deferred.Where(d => !replaced.Contains(d.Code))],
            Pledges = [.. Pledges.Select(p => p.IsOpen && replaced.Contains(p.Made.Code) ? p with { State = PledgeState.Kept } : p)],
            Form = f.Form ?? Form,
            Files = f.Files is { } named ? [.. Files ?? [], .. named.Where(file => Files?.Contains(file) != true)] : Files,
            Notices = WithNotice(n => n.With(replaced, f.Fields)).Notices,
            VoidNotices = [.. VoidNotices.Select(v => v with { Notice = v.Notice.With(replaced, f.Fields) })],
            Status = f.AcceptBy is null ? Status : CaseStatus.Submitted,
            MaterialsInAt = f.AcceptBy is null ? MaterialsInAt : f.At,
            AcceptBy = f.AcceptBy ?? AcceptBy,
            AcceptByProvisional = f.AcceptBy is null ? AcceptByProvisional : f.AcceptByProvisional,
        };
    }

    [GeneratedRegex(@"\Asha-256:(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/_-]{43}=?)\z")]
    private static partial Regex Digest();
}

/// <summary>Materials handed in, and fields of the form mended, after submission.</summary>
/// <param name="Materials">One of a code already in the case replaces it. May be left out where fields are mended.</param>
/// <param name="Form">
/// The fields at the top that change, each whole; <c>null</c> takes an answer back. What the correction notice names changes, and before there is one
/// whatever the applicant finds wrong.
/// </param>
public sealed record SupplyMaterials(
    IReadOnlyList<MaterialGiven>? Materials = null, [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? Form = null) : CaseCommand;

/// <summary>A material that is handed in: what it is and, by digest or file, what it holds.</summary>
/// <param name="Code">The item's code for it.</param>
/// <param name="Name">The file's or document's name, 1 to 200 characters.</param>
/// <param name="Digest"><c>sha-256:</c> and the digest of its content, in hexadecimal or base64; may be left out with a file, whose own it is.</param>
/// <param name="File">The id of a file that one has uploaded: its content.</param>
public sealed record MaterialGiven(
    string Code, string Name, [property: JsonIgnore(Condition = WhenWritingNull)] string? Digest = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Guid? File = null);

/// <summary>A document that is given with a decision.</summary>
/// <param name="Name">What it is called, 1 to 200 characters.</param>
/// <param name="File">The id of a file that one has uploaded: its content.</param>
public sealed record ResultGiven(string Name, Guid File);

/// <summary>Materials came in after submission, or fields of the form were mended.</summary>
/// <param name="AcceptBy">Set when they answer the correction notice whole, so that the five days run anew; otherwise null.</param>
/// <param name="Fields">Names of the fields that changed; null where none did.</param>
/// <param name="Form">The whole answer to the form as it is since, as JSON; null where nothing of it changed.</param>
/// <param name="Files">The files that the changed fields name; null where they name none.</param>
/// <param name="AcceptByProvisional">The holidays that it depends on are not published yet, and it may move when they are (CLK-2); absent where they are.</param>
[Alias("case_materials_supplied")]
public sealed record MaterialsSupplied(
    DateTimeOffset At, Actor By, IReadOnlyList<MaterialHandedIn> Materials, DateTimeOffset? AcceptBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Fields = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)][Personal] string? Form = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CarriedFile>? Files = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AcceptByProvisional = false) : CaseFact(At, By);

/// <summary>Licences the applicant holds already prove materials, so that nobody asks for those (JOINT-4).</summary>
/// <param name="KnownToSubmitter">Numbers of those licences that whoever submitted the case may see anyway.</param>
/// <param name="KeepsPledges">Some of them were pledged, and are kept by it (MODE-7); absent where none was, and in releases before.</param>
[Alias("case_materials_proved")]
public sealed record MaterialsProved(
    DateTimeOffset At, Actor By, IReadOnlyList<MaterialProved> Materials, IReadOnlyList<string>? KnownToSubmitter = null,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool KeepsPledges = false) : CaseFact(At, By);

/// <summary>What licences proved they prove no more, before acceptance: the materials are missing again (JOINT-4).</summary>
/// <param name="By">Null when the term of a licence was over.</param>
/// <param name="Materials">Which, and what proved them.</param>
/// <param name="Ground">Why not.</param>
[Alias("case_proofs_ended")]
public sealed record ProofsEnded(DateTimeOffset At, Actor? By, IReadOnlyList<MaterialProved> Materials, ProofEnd Ground) : CaseFact(At, By);

/// <summary>Why a licence proves a material no more.</summary>
public enum ProofEnd
{
    /// <summary>It is not valid any more.</summary>
    LicenceEnded,

    /// <summary>It is of another thing than the one applied for, as the department says in its notice.</summary>
    AnotherThing,
}

/// <summary>A material whose licence has ended.</summary>
/// <param name="Code">The item's code for it.</param>
/// <param name="At">When that was found.</param>
public sealed record UnprovedMaterial(string Code, DateTimeOffset At);

/// <summary>A material as it came in: what it is, the digest of its content and, where that was uploaded, the file (CASE-12).</summary>
/// <param name="Code">The item's code for it.</param>
/// <param name="Name">The file's or document's name, as given.</param>
/// <param name="Digest"><c>sha-256:</c> and the digest in hexadecimal or base64.</param>
/// <param name="File">Its content; null where that is kept elsewhere.</param>
public sealed record MaterialHandedIn(string Code, [Personal] string Name, string Digest, CarriedFile? File = null);

/// <summary>A material that need not be handed in (CAT-2).</summary>
/// <param name="Code">The item's code for it.</param>
/// <param name="Licence">The kind of licence that proves it; null for whoever submitted the case for somebody else and may not see that licence.</param>
/// <param name="Number">That licence's number; null for the same.</param>
public sealed record MaterialProved(string Code, IssuedLicence? Licence, string? Number);

/// <summary>A document that a department gave with its decision on a step (结果文书).</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">Its content.</param>
public sealed record ResultDocument([Personal] string Name, CarriedFile File);

public static partial class CaseRefusals
{
    /// <summary>CASE-11.</summary>
    public static readonly Refusal FieldNotNamed = new("case.field-not-named", 422,
        new("补正告知未指明此项", "The correction notice does not name the field"),
        new("补正告知发出后，以及各方均已签署的，只能修改补正告知指明的各项和与之相关的各项。", "Once there is a correction notice, and of what several have signed, what the notice names is mended, and what hangs together with that."));

    public static readonly Refusal MaterialUnknown = new("case.material-unknown", 422,
        new("事项不要求此材料", "The item asks for no such material"));

    public static readonly Refusal MaterialInvalid = new("case.material-invalid", 422,
        new("材料信息无效", "A material is not described correctly"),
        new("每份材料须有编码、1至200个字符的名称和 sha-256 摘要或文件，同一编码只出现一次。",
            "Every material has a code, a name of 1 to 200 characters and a sha-256 digest or a file, and stands in the list once."));

    public static readonly Refusal ResultInvalid = new("case.result-invalid", 422,
        new("结果文书信息无效", "A document given with the decision is not described correctly"),
        new("最多20份，每份须有1至200个字符的名称。", "At most 20, each with a name of 1 to 200 characters."));

    /// <summary>JOINT-4.</summary>
    public static readonly Refusal MaterialProved = new("case.material-proved", 422,
        new("该材料已由申请人持有的证照证明", "A licence the applicant holds proves the material"),
        new("不得要求申请人重复提交。", "Nothing is asked for twice."));
}
