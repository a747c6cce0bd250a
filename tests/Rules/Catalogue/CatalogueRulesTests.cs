using OneDoor.Applicants;
using OneDoor.Clock;
using Xunit;

namespace OneDoor.Catalogue;

/// <summary>Every rule a catalogue must satisfy, each broken once in an otherwise sound item.</summary>
public sealed class CatalogueRulesTests
{
    private static readonly ProcedureStep Decision = new()
    {
        Code = "decision",
        Name = new Text("审查", "Examination"),
        Department = Department.MarketRegulation,
        Limit = Limit.WorkingDays(5),
        Materials = ["plan"],
        Issues = new IssuedLicence("sample-licence", new Text("许可证", "Licence")),
    };

    private static readonly Item Sound = new()
    {
        Code = "A-1",
        Name = new Text("事项", "Item"),
        Parent = new ItemParent("A-1", new Text("事项", "Item")),
        Category = Category.AdministrativeLicence,
        Mode = ReformMode.Standard,
        Origin = PowerOrigin.Zone,
        LegalBasis = ["《中华人民共和国行政许可法》第十二条"],
        Conditions = [new Text("条件", "Condition")],
        Materials = [new Material("plan", new Text("方案", "Plan"))],
        Procedure = new Procedure([Decision]),
        StatutoryLimit = Limit.WorkingDays(20),
        PromisedLimit = Limit.WorkingDays(5),
        Department = Department.MarketRegulation,
        Halls = ["airport", "logistics", "lingang", "haigang"],
        Channels = [Channel.Online],
        Handling = HandlingType.Promised,
        Sample = ["promisedLimit"],
    };

    private static readonly Item Other = Sound with { Code = "A-2", Parent = Sound.Parent with { Code = "A-2" } };

    [Fact]
    public void Sound_items_have_no_problem() => Assert.Empty(CatalogueRules.Check([Sound, Other]));

    public static TheoryData<string, string, Func<Item, Item>> BrokenItems => new()
    {
        { "A_1", "The code is not", item => item with { Code = "A_1" } },
        { "A-1234567890-1234567890-1", "The code is not", item => item with { Code = "A-1234567890-1234567890-1" } },
        { "A-1/parent", "The parent's code", item => item with { Parent = item.Parent with { Code = "A--1" } } },
        { "A-1/name", "A name is missing", item => item with { Name = new Text("事项", " "), Parent = new ItemParent("A", item.Name) } },
        { "A-1/department", "The department does not exist", item => item with { Department = (Department)99 } },
        { "A-1/takenOverIn", "the zone's own names none", item => item with { TakenOverIn = 2019 } },
        { "A-1/takenOverIn", "names the year", item => item with { Origin = PowerOrigin.Ftz } },
        { "A-1/legalBasis", "no legal basis", item => item with { LegalBasis = [] } },
        { "A-1/conditions", "A condition is missing", item => item with { Conditions = [new Text("", "Condition")] } },
        { "A-1/halls", "At least one hall", item => item with { Halls = [] } },
        { "A-1/halls", "each is named once", item => item with { Halls = [.. item.Halls, "airport"] } },
        { "A-1/channels", "At least one channel", item => item with { Channels = [] } },
        { "A-1/feeYuan", "The fee is negative", item => item with { FeeYuan = -1 } },
        { "A-1/sample", "\"promised\" is no field", item => item with { Sample = ["promised"] } },
        { "A-1/insteadOf", "says what to do instead", item => item with { Mode = ReformMode.Abolished } },
        { "A-1/insteadOf", "Only an item that is abolished, has ended or will end", item => item with { InsteadOf = new Text("无需审批", "No approval is needed") } },
        { "A-1/commitmentEligible", "allows commitment", item => item with { Mode = ReformMode.Commitment } },
        { "A-1/renewalByCommitment", "Nothing is issued",
            item => WithStep(item, step => step with { Issues = null }) with { RenewalByCommitment = true } },
        { "A-1/statutoryLimit", "greater than 0", item => item with { StatutoryLimit = Limit.WorkingDays(3651) } },
        { "A-1/promisedLimit", "greater than 0", item => item with { PromisedLimit = Limit.HallHours(0) } },
        { "A-1/promisedLimit", "a whole number", item => item with { PromisedLimit = new Limit(5.5m, LimitUnit.WorkingDays) } },
        { "A-1/promisedLimit", "longer than the statutory one", item => item with { StatutoryLimit = Limit.HallHours(39) } },
        { "A-1/materials/plan", "used twice in the item", item => item with { Materials = [.. item.Materials, .. item.Materials] } },
        { "A-1/materials/Plan B", "not in kebab case",
            item => item with { Materials = [.. item.Materials, new Material("Plan B", new Text("方案", "Plan"))] } },
        { "A-1/materials/plan", "missing in Chinese or English",
            item => item with { Materials = [new Material("plan", new Text("方案", ""))] } },
        { "A-1/materials/idle", "No step needs the material",
            item => item with { Materials = [.. item.Materials, new Material("idle", new Text("多余", "Idle"))] } },
    };

    [Theory]
    [MemberData(nameof(BrokenItems), DisableDiscoveryEnumeration = true)]
    public void A_broken_item_is_named_with_the_field_at_fault(string path, string what, Func<Item, Item> broken) =>
        AssertProblem(path, what, broken(Sound));

    private static Item Committed(Item item) => item with
    { CommitmentEligible = true, CommitmentSource = "国发〔2019〕25号", Commitment = new(CommitmentKind.Met, Limit.WorkingDays(40), Covers: ["plan"]) };

    private static readonly Renewal InTime = new(
        90, 30, LimitUnit.WorkingDays, KeepsNumber: true, RunsFrom.Decision, LateRenewal.New, "《中华人民共和国行政许可法》第五十条");

    public static TheoryData<string, string, Func<Item, Item>> Unlawful => new()
    {
        { "A-1/edition", "2020-06 or today", item => item with { Edition = "2019" } },
        { "A-1/decidedBy", "decides does not exist", item => item with { DecidedBy = (Department)99 } },
        { "A-1/supervisedBy", "supervises does not exist", item => item with { SupervisedBy = (Department)99 } },
        { "A-1/endedOn", "knows of no later end", item => item with { Edition = "2020-06", EndedOn = new DateOnly(2022, 12, 30), InsteadOf = item.Name } },
        { "A-1/insteadOf", "says what to do instead", item => item with { EndedOn = new DateOnly(2022, 12, 30) } },
        { "A-1/halls", "in every hall", item => item with { Halls = ["airport"] } },
        { "A-1/promisedLimit", "five working days they have to speak", item => item with { ThirdParty = true, PromisedLimit = Limit.WorkingDays(5) } },
        { "A-1/commitmentSource", "names the document", item => Committed(item) with { CommitmentSource = " " } },
        { "A-1/commitmentEligible", "never granted by commitment", item => Committed(item) with { Confidential = true, Channels = [Channel.Window] } },
        { "A-1/materials/map", "may follow later", item => item with { Confidential = true, Channels = [Channel.Window], Materials = [.. item.Materials, new Material("map", new Text("图", "Map"), Deferrable: true)] } },
        { "A-1/commitmentEligible", "can annul", item => Committed(item) with { Inspection = Requirement.Required } },
        { "A-1/commitmentEligible", "can annul", item => Committed(item) with { Hearing = Requirement.Required } },
        { "A-1/commitmentEligible", "can annul", item => Committed(item) with { ThirdParty = true, PromisedLimit = Limit.WorkingDays(6) } },
        { "A-1/commitmentEligible", "can annul", item => WithStep(Committed(item), step => step with { Issues = new("company-seals", step.Issues!.Name) }) },
        { "A-1/renewal", "says when", item => item with { RenewalByCommitment = true, Commitment = Committed(item).Commitment } },
        { "A-1/commitment", "nowhere else", item => item with { Commitment = Committed(item).Commitment } },
        { "A-1/commitment", "within how long", item => Committed(item) with { Commitment = new(CommitmentKind.ToBeMet, Limit.WorkingDays(40)) } },
        { "A-1/commitment", "whole days", item => Committed(item) with { Commitment = new(CommitmentKind.Met, Limit.HallHours(40)) } },
        { "A-1/commitment", "no material", item => Committed(item) with { Commitment = new(CommitmentKind.Met, Limit.WorkingDays(40), Covers: ["lease"]) } },
        { "A-1/extension", "never extended", item => item with { Act = Act.Filing, Extension = Limit.WorkingDays(10) } },
        { "A-1/procedure", "no conditions, materials, channels or steps",
            item => item with { Mode = ReformMode.Abolished, Edition = "today", InsteadOf = new Text("无需审批", "No approval is needed") } },
        { "A-1/extension", "greater than 0", item => item with { Extension = Limit.WorkingDays(0) } },
        { "A-1/delivery", "greater than 0", item => item with { Delivery = item.Delivery with { Within = Limit.WorkingDays(0) } } },
        { "A-1/delivery", "within ten working days", item => item with { Delivery = item.Delivery with { Within = Limit.WorkingDays(11) } } },
        { "A-1/delivery", "at least one way", item => item with { Delivery = item.Delivery with { Ways = [] } } },
        { "A-1/specialProcedures/tender", "names the law", item => item with { SpecialProcedures = [new(PauseReason.Tender, " ", Limit.WorkingDays(20))] } },
        { "A-1/specialProcedures/tender", "greater than 0", item => item with { SpecialProcedures = [new(PauseReason.Tender, "《招标投标法》", Limit.WorkingDays(0))] } },
        { "A-1/renewal", "opens before it closes", item => item with { Renewal = InTime with { Opens = 30 } } },
        { "A-1/renewal", "opens before it closes", item => item with { Renewal = InTime with { Closes = -1 } } },
        { "A-1/renewal", "counted in days", item => item with { Renewal = InTime with { Unit = LimitUnit.HallHours } } },
        { "A-1/renewal", "names the law", item => item with { Renewal = InTime with { LegalBasis = "" } } },
        { "A-1/renewal", "Nothing is issued", item => WithStep(item, step => step with { Issues = null }) with { Renewal = InTime } },
        { "A-1/places", "how many and by which law", item => item with { Places = new(0, "《测试法》第三条") } },
        { "A-1/places", "how many and by which law", item => item with { Places = new(3, " ") } },
        { "A-1/places", "by commitment", item => Committed(item) with { Places = new(3, "《测试法》第三条") } },
        { "A-1/places", "of its own kind", item => WithStep(item, step => step with { Issues = null }) with { Places = new(3, "《测试法》第三条") } },
        { "A-1/places", "of its own kind", item => item with { Act = Act.Registration, Places = new(3, "《测试法》第三条") } },
        { "A-1/channels", "for the window alone", item => item with { Confidential = true } },
        { "A-1/publishesPersons", "never published", item => item with { PublishesPersons = true, Confidential = true, Channels = [Channel.Window] } },
        { "A-1/suspensionBases/Penalty", "the law that names it", item => item with { SuspensionBases = [new("Penalty", item.Name, "《测试法》第五条", SuspensionKind.Penalty)] } },
        { "A-1/suspensionBases/penalty", "the law that names it", item => item with { SuspensionBases = [new("penalty", item.Name, " ", SuspensionKind.Penalty)] } },
        { "A-1/suspensionBases/penalty", "used twice", item => item with { SuspensionBases = [new("penalty", item.Name, "《测试法》第五条", SuspensionKind.Penalty), new("penalty", item.Name, "《测试法》第六条", SuspensionKind.Measure)] } },
        { "A-1/suspensionBases", "not in force", item => item with { SuspensionBases = [new("penalty", item.Name, "《中华人民共和国物权法》第九条", SuspensionKind.Penalty)] } },
        { "A-1/createsEntity", "Nothing is issued", item => WithStep(item, step => step with { Issues = null }) with { CreatesEntity = true, Applicants = [ApplicantKind.Founders] } },
        { "A-1/applicants", "applied for by founders", item => item with { CreatesEntity = true } },
        { "A-1/promisedLimit", "end after the calendar days", item => item with { StatutoryLimit = new Limit(15, LimitUnit.CalendarDays) } },
        { "A-1/origin", "agency's own", item => item with { Origin = PowerOrigin.Agency } },
        { "A-1/legalBasis", "not in force", item => item with { LegalBasis = ["《中华人民共和国物权法》第九条"] } },
        { "A-1/commitmentSource", "not in force", item => Committed(item) with { Edition = CatalogueData.June2020Edition, CommitmentSource = "国发〔2021〕7号" } },
        { "A-1/legalBasis", "not in force", item => item with { Edition = CatalogueData.June2020Edition, LegalBasis = ["《中华人民共和国医师法》第十三条"] } },
    };

    [Theory]
    [MemberData(nameof(Unlawful), DisableDiscoveryEnumeration = true)]
    public void What_the_law_does_not_allow_is_named_with_the_field_at_fault(string path, string what, Func<Item, Item> broken) =>
        AssertProblem(path, what, broken(Sound));

    private static readonly Item AtTheKiosk = WithStep(Sound, step => step with { Limit = Limit.HallHours(1) }) with
    {
        Channels = [Channel.Online, Channel.Kiosk],
        Handling = HandlingType.Immediate,
        PromisedLimit = Limit.HallHours(1),
        Unattended = true,
    };

    public static TheoryData<string, Func<Item, Item>> NotForAMachine => new()
    {
        { "takes time", item => item with { Handling = HandlingType.Promised } },
        { "no kiosk", item => item with { Channels = [Channel.Online] } },
        { "inspected", item => item with { Inspection = Requirement.Required } },
        { "heard", item => item with { Hearing = Requirement.Required } },
        { "third parties", item => item with { ThirdParty = true } },
        { "tested", item => item with { SpecialProcedures = [new(PauseReason.Test, "《标准化法》", Limit.WorkingDays(3))] } },
        { "two departments", item => WithMore(item, item.Procedure.Steps[0] with { Code = "b", Department = Department.Fire }) },
    };

    /// <summary>KIOSK-1: a machine looks at the form of an application and at nothing else.</summary>
    [Theory]
    [MemberData(nameof(NotForAMachine), DisableDiscoveryEnumeration = true)]
    public void A_machine_decides_alone_only_what_needs_no_eye(string why, Func<Item, Item> changed)
    {
        Assert.Empty(CatalogueRules.Check([AtTheKiosk]));
        Assert.True(CatalogueRules.Check([changed(AtTheKiosk)]).Any(problem => problem.Path == "A-1/unattended"), why);
    }

    public static TheoryData<string, string, Func<Item, Item>> BrokenProcedures => new()
    {
        { "A-1/procedure", "at least one step", item => item with { Procedure = new Procedure([]) } },
        { "A-1/procedure/Final_Decision", "not in kebab case", item => WithStep(item, step => step with { Code = "Final_Decision" }) },
        { "A-1/procedure/decision", "missing in Chinese or English",
            item => WithStep(item, step => step with { Name = new Text("", "Examination") }) },
        { "A-1/procedure/decision", "department does not exist",
            item => WithStep(item, step => step with { Department = (Department)99 }) },
        { "A-1/procedure/decision/limit", "greater than 0", item => WithStep(item, step => step with { Limit = Limit.Hours(-1) }) },
        { "A-1/procedure/decision/limit", "a whole number",
            item => WithStep(item, step => step with { Limit = new Limit(0.5m, LimitUnit.WorkingDays) }) },
        { "A-1/procedure/decision/limit", "greater than 0",
            item => WithStep(item, step => step with { Limit = Limit.Hours(decimal.MaxValue) }) },
        { "A-1/procedure/decision/issues", "A licence has a code",
            item => WithStep(item, step => step with { Issues = new IssuedLicence("Licence", new Text("许可证", "Licence")) }) },
        { "A-1/procedure/decision/materials/map", "does not ask for",
            item => WithStep(item, step => step with { Materials = ["plan", "map"] }) },
        // JOINT-6.
        { "A-1/materials/plan/neededBy", "due with the application", item => item with { Materials = [item.Materials[0] with { NeededBy = MaterialNeed.Step }] } },
        { "A-1/materials/map/neededBy", "not deferred besides", item => WithMore(item, Decision with { Code = "b", After = ["decision"], Materials = ["map"], Limit = Limit.HallHours(1) }) with
        { PromisedLimit = Limit.WorkingDays(6), Materials = [.. item.Materials, new Material("map", new Text("图", "Map"), Deferrable: true, NeededBy: MaterialNeed.Step)] } },
        { "A-1/procedure/decision/after/intake", "does not exist", item => WithStep(item, step => step with { After = ["intake"] }) },
        { "A-1/procedure/decision", "share the code", item => item with { Procedure = new Procedure([Decision, Decision]) } },
        { "A-1/procedure", "in a circle",
            item => WithMore(item, Decision with { Code = "b", After = ["c"] }, Decision with { Code = "c", After = ["b"] }) },
        { "A-1/procedure", "in a circle", item => WithMore(item, Decision with { Code = "b", After = ["b"] }) },
        { "A-1/procedure", "longer than the promised limit",
            item => WithMore(item, Decision with { Code = "b", After = ["decision"], Limit = Limit.HallHours(1) }) },
        { "A-1/procedure/b/cancels", "One step", item => WithMore(WithStep(item, step => step with { Cancels = "sample-licence" }), Decision with { Code = "b", After = ["decision"], Cancels = "sample-licence" }) },
        { "A-1/procedure", "has no first step", item => WithStep(item, step => step with { Department = Department.Fire }) },
    };

    private static readonly PartyRole Seller = new("seller", new Text("卖方", "Seller")), Buyer = new("buyer", new Text("买方", "Buyer"), Holds: true);

    /// <summary>APP-2: whoever applies jointly has a role, and what is issued a holder.</summary>
    public static TheoryData<string, string, Func<Item, Item>> BrokenRoles => new()
    {
        { "A-1/roles", "two roles at least", item => item with { Roles = [Seller] } },
        { "A-1/roles", "two roles at least", item => item with { Applicants = [Applicants.ApplicantKind.Person], Roles = [Seller, Buyer] } },
        { "A-1/roles/seller", "used twice", item => item with { Roles = [Seller, Buyer, Seller] } },
        { "A-1/roles/Seller", "kebab case", item => item with { Roles = [Seller with { Code = "Seller" }, Buyer] } },
        { "A-1/roles/seller", "Chinese and English", item => item with { Roles = [Seller with { Name = new Text("卖方", "") }, Buyer] } },
        { "A-1/roles", "says who holds it", item => item with { Roles = [Seller, Buyer with { Holds = false }] } },
    };

    [Theory]
    [MemberData(nameof(BrokenRoles), DisableDiscoveryEnumeration = true)]
    public void A_broken_role_is_named(string path, string what, Func<Item, Item> broken)
    {
        var joint = Sound with { Applicants = [Applicants.ApplicantKind.JointParties], Roles = [Seller, Buyer] };
        Assert.DoesNotContain(CatalogueRules.Check([joint]), problem => problem.Path.Contains("roles", StringComparison.Ordinal));
        AssertProblem(path, what, broken(joint));
    }

    [Theory]
    [MemberData(nameof(BrokenProcedures), DisableDiscoveryEnumeration = true)]
    public void A_broken_procedure_is_named_with_the_step_at_fault(string path, string what, Func<Item, Item> broken) =>
        AssertProblem(path, what, broken(Sound));

    [Fact] // 行政许可法 art. 57
    public void What_is_limited_in_number_is_issued_by_one_item_and_its_renewal()
    {
        var limited = Sound with { Places = new(3, "《测试法》第三条") };
        AssertProblem("A-1/places", "A-2 issues it as well", limited, Other);
        Assert.Empty(CatalogueRules.Check([limited, Other with { Renewal = InTime }]));
    }

    [Fact]
    public void Codes_are_unique_and_read_the_same_in_capitals() =>
        AssertProblem("A-1", "Two entries share the code", Sound, Sound with { Code = "a-1", Parent = Sound.Parent with { Code = "a-1" } });

    [Fact]
    public void Sub_items_agree_on_the_name_of_their_item() =>
        AssertProblem("A", "named differently", Child("A-01", "事项"), Child("A-02", "项目"));

    [Fact]
    public void An_item_with_sub_items_cannot_be_applied_for_itself() =>
        AssertProblem("A", "is no entry itself", Child("A", "事项"), Child("A-02", "事项"));

    [Fact]
    public void An_item_without_sub_items_is_its_own_parent() =>
        AssertProblem("A-1/parent", "is its own parent", Sound with { Parent = new ItemParent("A-1", new Text("别名", "Alias")) });

    [Fact]
    public void The_same_material_has_the_same_name_everywhere() =>
        AssertProblem(
            "A-2/materials/plan",
            "named or proved differently",
            Sound, Other with { Materials = [new Material("plan", new Text("图纸", "Drawing"))] });

    [Fact]
    public void The_same_material_is_proved_by_the_same_licence_everywhere() =>
        AssertProblem(
            "A-2/materials/plan",
            "named or proved differently",
            Sound, Other with { Materials = [Sound.Materials[0] with { ProvedBy = "sample-licence" }] });

    [Fact]
    public void The_same_licence_has_the_same_name_everywhere() =>
        AssertProblem(
            "A-2/procedure/decision/issues",
            "named differently by another step",
            Sound,
            WithStep(Other, step => step with { Issues = new IssuedLicence("sample-licence", new Text("证书", "Certificate")) }));

    [Fact]
    public void A_material_is_proved_only_by_a_licence_that_some_item_issues() =>
        AssertProblem(
            "A-1/materials/plan",
            "No item issues the licence \"passport\"",
            Sound with { Materials = [Sound.Materials[0] with { ProvedBy = "passport" }] });

    [Theory] // CAT-7, JOINT-4
    [InlineData("近期免冠照片", "portrait")]
    [InlineData("样例许可证", "says which licence proves it")]
    [InlineData("营业执照副本", "says which licence proves it")]
    public void No_material_is_a_portrait_or_a_licence_that_proves_itself(string name, string what)
    {
        var issuing = WithStep(Sound, step => step with { Issues = new IssuedLicence("sample-licence", new Text("样例许可证", "Sample licence")) });

        AssertProblem("A-2/materials/paper", what, issuing, Other with { Materials = [new Material("paper", new Text(name, "Paper"))] });
        AssertNone("A-2/materials/paper", what, issuing, Other with { Materials = [new Material("paper", new Text("样例许可证申请书", "Application"))] });
        AssertNone("PSEC-010/materials/paper", what, issuing, Other with { Code = "PSEC-010", Parent = new ItemParent("PSEC-010", Other.Name), Materials = [new Material("paper", new Text("本人电子照片", "Portrait"))] });
    }

    private static void AssertNone(string path, string what, params Item[] items) =>
        Assert.DoesNotContain(CatalogueRules.Check(items), problem => problem.Path == path && problem.What.En.Contains(what, StringComparison.Ordinal));

    [Fact] // LIC-6
    public void A_licence_is_cancelled_only_where_some_item_issues_it()
    {
        AssertProblem("A-1/procedure/cancels", "No item issues the licence \"passport\"", WithStep(Sound, step => step with { Cancels = "passport" }));
        Assert.Empty(CatalogueRules.Check([Sound, WithStep(Other, step => step with { Issues = null, Cancels = "sample-licence" })]));
    }

    [Fact]
    public void Every_problem_is_reported_at_once_in_both_languages()
    {
        var problems = CatalogueRules.Check([Sound with { Halls = [], LegalBasis = [] }]);
        Assert.Equal(3, problems.Count);
        Assert.All(problems, problem => Assert.False(string.IsNullOrWhiteSpace(problem.What.Zh)));
    }

    private static Item Child(string code, string parentName) =>
        Sound with { Code = code, Name = new Text("事项", "事项"), Parent = new ItemParent("A", new Text(parentName, parentName)) };

    private static Item WithStep(Item item, Func<ProcedureStep, ProcedureStep> change) =>
        item with { Procedure = new Procedure([change(item.Procedure.Steps[0])]) };

    private static Item WithMore(Item item, params ProcedureStep[] more) =>
        item with { Procedure = new Procedure([.. item.Procedure.Steps, .. more]) };

    private static void AssertProblem(string path, string what, params Item[] items) =>
        Assert.Contains(
            CatalogueRules.Check(items),
            problem => problem.Path == path && problem.What.En.Contains(what, StringComparison.Ordinal));
}
