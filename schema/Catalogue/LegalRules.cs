using OneDoor.Applicants;
using OneDoor.Clock;
using static OneDoor.Catalogue.CatalogueRules;

namespace OneDoor.Catalogue;

/// <summary>What the law asks of an item, whatever the zone would like to promise.</summary>
internal static class LegalRules
{
    private const int LongestHoliday = 9;

    // Texts by a part of what they are cited as, and the edition that cannot rest on them: today's not on what was repealed since, June 2020's not on what came later.
    private static readonly (string Text, string? ButNot, string Edition)[] NotInForce =
    [
        .. new[] { "公司登记管理条例", "合伙企业登记管理办法", "《个体工商户条例》", "化妆品卫生监督条例", "执业医师法", "物权法" }.Select(text => (text, (string?)null, CatalogueData.TodaysEdition)),
        .. new[] { "民法典", "市场主体登记管理条例", "国发〔2021〕7号", "食品经营许可和备案管理办法" }.Select(text => (text, (string?)null, CatalogueData.June2020Edition)),
        ("医师法》第十三条", "执业医师法", CatalogueData.June2020Edition),
    ];

    /// <summary>Every problem of one item.</summary>
    internal static IEnumerable<CatalogueProblem> Check(Item item) => [.. Kinds(item), .. Texts(item), .. Commitments(item), .. Parties(item), .. Times(item), .. Flags(item)];

    private static IEnumerable<CatalogueProblem> Texts(Item item)
    {
        // What has ended says what it rested on.
        if (item.HasEnd)
            yield break;
        (string Field, string? Text)[] cited = [.. item.LegalBasis.Select(basis => ("legalBasis", (string?)basis)), ("commitmentSource", item.CommitmentSource), ("renewal", item.Renewal?.LegalBasis), .. (item.SuspensionBases ?? []).Select(basis => ("suspensionBases", (string?)basis.LegalBasis))];
        foreach (var (text, butNot, _) in NotInForce.Where(text => text.Edition == (item.Edition ?? CatalogueData.TodaysEdition)))
            foreach (var (field, basis) in cited.Where(c => c.Text is { } said && said.Contains(text, StringComparison.Ordinal) && (butNot is null || !said.Contains(butNot, StringComparison.Ordinal))))
                yield return Problem($"{item.Code}/{field}", $"“{basis}”在该版本的时点不施行。", $"\"{basis}\" is not in force in the time of the edition.");
    }

    private static IEnumerable<CatalogueProblem> Kinds(Item item)
    {
        if (item.Edition is not (null or CatalogueData.June2020Edition or CatalogueData.TodaysEdition))
            yield return Problem($"{item.Code}/edition", "版本须为 2020-06 或 today。", "An edition is 2020-06 or today.");
        if (!Enum.IsDefined(item.DecidedBy))
            yield return Problem($"{item.Code}/decidedBy", "决定部门不存在。", "The department that decides does not exist.");
        if (!Enum.IsDefined(item.SupervisedBy))
            yield return Problem($"{item.Code}/supervisedBy", "监管部门不存在。", "The department that supervises does not exist.");
        // C2: what is an agency's of the state is delegated to no office.
        if (item is { Register: Register.Office, Origin: PowerOrigin.Agency })
            yield return Problem($"{item.Code}/origin", "驻区部门自有的权力不由政务服务办承接。", "The office takes over no power that is an agency's own.");
        // HALL-3: what the office took over is to be had in every hall.
        if (item.Register is Register.Office && HallDirectory.Zone.All.Any(hall => !item.Halls.Contains(hall.Code)))
            yield return Problem($"{item.Code}/halls", "承接事项须在每个大厅办理。", "What the office took over is handled in every hall.");
        // HEAR-1: nothing is granted before third parties had their five working days, and those do not stop the clock.
        if (item.ThirdParty && item.PromisedLimit?.InWorkingDays <= Item.SpeakWithin)
            yield return Problem($"{item.Code}/promisedLimit", "涉及利害关系人的事项，承诺时限须长于其陈述意见的五个工作日。", "What touches third parties is promised for later than the five working days they have to speak.");
        // MODE-1: a filing is never refused or examined, so nothing of it takes longer.
        if (item is { Act: Act.Filing, Extension: not null })
            yield return Problem($"{item.Code}/extension", "备案不得延长期限。", "A filing is complete when it comes in and is never extended.");
        if (item.EndedOn is not null && item.Edition is CatalogueData.June2020Edition)
            yield return Problem($"{item.Code}/endedOn", "2020-06 版不含其后的废止日期。", "The law of June 2020 knows of no later end.");
    }

    // MODE-5: whether a commitment is allowed is decided here, and not once more by whoever takes an application in.
    private static IEnumerable<CatalogueProblem> Commitments(Item item)
    {
        if ((item.CommitmentEligible || item.RenewalByCommitment) != item.Commitment is not null)
            yield return Problem($"{item.Code}/commitment", "适用告知承诺或者承诺换证的，须写明承诺方式和核查期限；其他不写。", "Where commitment is allowed, for a renewal at least, and nowhere else, the item says how it is given and looked into.");
        if (item is { RenewalByCommitment: true, Renewal: null })
            yield return Problem($"{item.Code}/renewal", "承诺换证须写明延续的时间。", "A renewal by commitment says when.");
        if (item.Commitment is null)
            yield break;
        // It stands on a list somebody published; a renewal stands on its own law.
        if (item.CommitmentEligible && string.IsNullOrWhiteSpace(item.CommitmentSource))
            yield return Problem($"{item.Code}/commitmentSource", "告知承诺须写明依据的文件和文号。", "Commitment names the document, with its number, that allows it.");
        if (item.Confidential)
            yield return Problem($"{item.Code}/commitmentEligible", "涉密事项不适用告知承诺。", "A confidential item is never granted by commitment.");
        else if (!MayBeCommitted(item))
            yield return Problem(
                $"{item.Code}/commitmentEligible",
                "须由一个部门核发可以撤销的证照，且决定前无须现场核查、听证或者听取利害关系人意见的，才可适用告知承诺。",
                "Granted by commitment is only what one department licences and can annul, and what needs no inspection, hearing or third party before.");
        var commitment = item.Commitment;
        if (commitment.Kind == CommitmentKind.ToBeMet != commitment.MeetWithin is not null)
            yield return Problem($"{item.Code}/commitment", "限期具备的须写明期限，已经具备的不写。", "What is to be met says within how long, and what is met does not.");
        foreach (var limit in new[] { commitment.InspectWithin, commitment.MeetWithin }.OfType<Limit>())
            if (!limit.IsInDays || LimitProblem(limit) is not null)
                yield return Problem($"{item.Code}/commitment", "承诺的期限以日计，须为1至3650的整数。", "The limits of a commitment are whole days, from 1 to 3,650.");
        foreach (var code in (commitment.Covers ?? []).Where(code => item.Materials.All(material => material.Code != code)))
            yield return Problem($"{item.Code}/commitment", $"没有材料“{code}”。", $"There is no material \"{code}\".");
    }

    // 津信用承诺办法 art. 4: never what cannot be taken back, or touches others.
    private static bool MayBeCommitted(Item item) =>
        item is { Act: Act.Licence, Inspection: Requirement.None, Hearing: Requirement.None, ThirdParty: false, CreatesEntity: false }
        && item.Applicants.All(applicant => applicant is ApplicantKind.Person or ApplicantKind.LegalEntity)
        && item.Procedure.Steps is [{ Issues: { } issued }] && !LicenceKind.Of(issued.Code).Result;

    // APP-2.
    private static IEnumerable<CatalogueProblem> Parties(Item item)
    {
        if (item.Applicants.Contains(ApplicantKind.JointParties) ? item.Roles.Count < 2 : item.Roles.Count > 0)
            yield return Problem(
                $"{item.Code}/roles", "共同申请的事项须列明至少两种当事人身份，其他事项不列。", "What joint parties apply for has two roles at least, and nothing else has any.");
        foreach (var code in Repeated(item.Roles.Select(role => role.Code)))
            yield return Problem($"{item.Code}/roles/{code}", "当事人身份编码重复。", "The role's code is used twice.");
        foreach (var role in item.Roles.Where(role => !IsKebab(role.Code) || IsBlank(role.Name)))
            yield return Problem(
                $"{item.Code}/roles/{role.Code}", "当事人身份须有小写短横线编码和中英文名称。", "A role has a code in kebab case and a name in Chinese and English.");
        if (item.Roles.Count > 0 && item.Roles.All(role => !role.Holds) && item.Procedure.Steps.Any(step => step.Issues is not null))
            yield return Problem($"{item.Code}/roles", "核发证照的，须写明由哪一方持有。", "Where something is issued, a role says who holds it.");
    }

    private static IEnumerable<CatalogueProblem> Times(Item item)
    {
        // CLK-1: calendar days wait for no holiday, and working days do.
        if (item is { StatutoryLimit: { Unit: LimitUnit.CalendarDays } lawful, PromisedLimit: { Unit: LimitUnit.WorkingDays, Value: > 1 } promised }
            && promised.Value + 2 * Math.Ceiling(promised.Value / 5) + LongestHoliday > lawful.Value)
            yield return Problem(
                $"{item.Code}/promisedLimit", "承诺的工作日遇长假将超过以自然日计的法定时限。", "Over a long holiday the working days that are promised end after the calendar days of the law.");
        if (item.Extension is { } extension && LimitProblem(extension) is { } wrong)
            yield return new($"{item.Code}/extension", wrong);
        if (LimitProblem(item.Delivery.Within) is { } late)
            yield return new($"{item.Code}/delivery", late);
        // 行政许可法 art. 44.
        else if (item.Delivery.Within.InWorkingDays > 10)
            yield return Problem($"{item.Code}/delivery", "送达不得晚于决定后十个工作日。", "What was granted is handed over within ten working days.");
        if (item.Delivery.Ways.Count == 0)
            yield return Problem($"{item.Code}/delivery", "至少有一种送达方式。", "There is at least one way of handing over.");
        // CLK-3: only what the item's own law prescribes stops the clock.
        foreach (var special in item.SpecialProcedures.Where(special => string.IsNullOrWhiteSpace(special.LegalBasis)))
            yield return Problem($"{item.Code}/specialProcedures/{Kebab.Of(special.Procedure)}", "特别程序须写明法律依据。", "A special procedure names the law that prescribes it.");
        foreach (var special in item.SpecialProcedures)
            if (LimitProblem(special.UsualLength) is { } length)
                yield return new($"{item.Code}/specialProcedures/{Kebab.Of(special.Procedure)}", length);
        if (item.Renewal is not { } renewal)
            yield break;
        if (renewal.Closes < 0 || renewal.Opens <= renewal.Closes)
            yield return Problem($"{item.Code}/renewal", "延续的开始须早于截止，截止不晚于到期。", "A renewal opens before it closes and closes at expiry at the latest.");
        if (renewal.Unit is not (LimitUnit.WorkingDays or LimitUnit.CalendarDays))
            yield return Problem($"{item.Code}/renewal", "延续期限以日计。", "The window of a renewal is counted in days.");
        if (string.IsNullOrWhiteSpace(renewal.LegalBasis))
            yield return Problem($"{item.Code}/renewal", "延续须写明法律依据。", "A renewal names the law that says when.");
        if (item.Procedure.Steps.All(step => step.Issues is null))
            yield return Problem($"{item.Code}/renewal", "不核发证照的事项没有延续。", "Nothing is issued that could be renewed.");
    }

    private static IEnumerable<CatalogueProblem> Flags(Item item)
    {
        // SIGHT-1.
        if (item.Confidential && item.Channels.Any(channel => channel is not Channel.Window))
            yield return Problem($"{item.Code}/channels", "涉密事项只在窗口办理。", "A confidential item is for the window alone.");
        // CRED-1: what is promised and missed stands where every department reads it.
        foreach (var material in item.Materials.Where(material => item.Confidential && material.Deferrable))
            yield return Problem($"{item.Code}/materials/{material.Code}", "涉密事项不适用容缺受理。", "Nothing of a confidential item may follow later.");
        // PUB-1: secrets never.
        if (item is { PublishesPersons: true, Confidential: true })
            yield return Problem($"{item.Code}/publishesPersons", "涉密事项不公示。", "What is confidential is never published.");
        // LIC-6: no department makes up by what it suspends.
        var bases = item.SuspensionBases ?? [];
        foreach (var basis in bases.Where(basis => !IsKebab(basis.Code) || IsBlank(basis.Name) || string.IsNullOrWhiteSpace(basis.LegalBasis)))
            yield return Problem(
                $"{item.Code}/suspensionBases/{basis.Code}", "暂扣依据须有小写短横线编码、中英文名称和法律条款。", "What suspends a licence has a code in kebab case, a name in Chinese and English, and the law that names it.");
        foreach (var code in Repeated(bases.Select(basis => basis.Code)))
            yield return Problem($"{item.Code}/suspensionBases/{code}", "暂扣依据编码重复。", "The code is used twice.");
        // KIOSK-1: a machine looks at the form of an application and at nothing else.
        if (item.Unattended && !MayBeUnattended(item))
            yield return Problem(
                $"{item.Code}/unattended",
                "无人审批须为即办、自助可办、单一部门，且无现场核查、听证、特别程序和利害关系人。",
                "Decided unattended is only what a kiosk takes, one department decides on the spot, and needs no inspection, hearing, special procedure or third party.");
        // 行政许可法 art. 57: each place is decided about, and by one step.
        if (item.Places is { } places && (places.Number < 1 || string.IsNullOrWhiteSpace(places.LegalBasis) || !MayBeLimited(item)))
            yield return Problem(
                $"{item.Code}/places",
                "有数量限制的须为一个环节核发的行政许可，写明名额和法律依据，不适用告知承诺和无人审批，也不以同类证照为材料。",
                "Limited in number is only a licence that one step issues; it says how many and by which law, is granted neither by commitment nor unattended, and asks for no licence of its own kind.");
        // APP-1: who founds does not exist yet.
        if (item.CreatesEntity && !item.Applicants.Contains(ApplicantKind.Founders))
            yield return Problem($"{item.Code}/applicants", "设立市场主体由出资人申请。", "What brings an entity into being is applied for by founders.");
        if (item.CreatesEntity && item.Procedure.Steps.All(step => step.Issues is null))
            yield return Problem($"{item.Code}/createsEntity", "不核发证照的事项不能设立市场主体。", "Nothing is issued that could bring an entity into being.");
    }

    private static bool MayBeLimited(Item item) =>
        item is { Act: Act.Licence, CommitmentEligible: false, Unattended: false, CreatesEntity: false } && item.Issued is [var kind] && !LicenceKind.Of(kind).Result
        && item.Materials.All(material => material.ProvedBy != kind);

    private static bool MayBeUnattended(Item item) =>
        item is { Handling: HandlingType.Immediate, Inspection: Requirement.None, Hearing: Requirement.None, ThirdParty: false, Confidential: false, SpecialProcedures.Count: 0 }
        && item.Channels.Contains(Channel.Kiosk)
        && item.Procedure.Steps.Select(step => step.Department).Distinct().Count() == 1;
}
