using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>CASE-1 and CASE-9: one request creates the whole case. ID-3: its number.</summary>
public class Submission
{
    private static readonly Asked Complete = Submission(Plain, "form", "lease");

    [Fact] // CASE-1
    public void One_request_creates_the_whole_case()
    {
        var spec = new CaseSpec().When(Complete);

        var fact = spec.Then<CaseSubmitted>();
        Assert.Equal(("TEST-ITEM", 3), (fact.Plan.Item, fact.Plan.Version));
        Assert.Equal(Company, fact.Applicant);
        Assert.Equal(CaseStatus.Submitted, spec.Case.Status);
        Assert.Equal(Department.MarketRegulation, spec.Case.Lead);
        Assert.Equal(["form", "lease"], spec.Case.Materials.Select(m => m.Code));
        Assert.Equal(["review"], spec.StepsThat(StepStatus.Waiting));
        Assert.Equal(("customs-system", Company.Key), (spec.Case.SubmittedBy, spec.Case.ApplicantKey));
        Assert.Null(spec.Case.AcceptedAt);
        Assert.Null(spec.Case.Promised);
    }

    [Fact] // CASE-1: what is missing can follow
    public void A_case_may_come_in_without_its_materials() => new CaseSpec().When(Complete with { Materials = [] }).Then<CaseSubmitted>();

    [Theory] // ID-2: the day is China's
    [InlineData("2020-07-01 23:59:59", true)]
    [InlineData("2020-07-02 00:00", false)]
    public void Nobody_born_after_today_applies(string now, bool refused)
    {
        var born = Complete with { Applicant = new(ApplicantKind.Person, "张三", CitizenId: "11010520200702002X") };

        Assert.Equal(refused ? ApplicantRefusals.CitizenIdInvalid.Code : null, new CaseSpec().At(now).When(born).Refused?.Code);
    }

    [Theory] // CASE-9
    [InlineData("airport")]
    [InlineData("haigang")]
    public void Any_hall_receives_any_case_and_is_recorded(string hall)
    {
        var spec = new CaseSpec().When(Complete with { Channel = Channel.Window, Hall = hall });

        Assert.Equal(hall, spec.Then<CaseSubmitted>().Hall);
        Assert.Equal(hall, spec.Case.Hall);
        // The hall does not own it: whoever works elsewhere accepts it.
        spec.When(Acceptance(Department.MarketRegulation)).Then(typeof(CaseAccepted), typeof(StepOpened));
    }

    [Fact] // KIOSK-1
    public void What_comes_in_at_a_kiosk_is_its_halls()
    {
        var kiosk = Complete with { By = Samples.Applicant with { Hall = "haigang" }, Channel = Channel.Kiosk, Item = Plain with { Channels = [.. Plain.Channels, Channel.Kiosk] } };

        Assert.Equal("haigang", new CaseSpec().When(kiosk).Then<CaseSubmitted>().Hall);
        Assert.Equal("haigang", new CaseSpec().When(kiosk with { Hall = "haigang" }).Then<CaseSubmitted>().Hall);
        Assert.Equal([("case.not-your-hall", "/hall")], new CaseSpec().When(kiosk with { Hall = "airport" }).Refused!.Fields.Select(f => (f.Code, f.Pointer)));
    }

    [Fact] // CASE-9
    public void What_reaches_no_window_goes_to_the_main_hall() =>
        Assert.Equal(HallDirectory.Main, new CaseSpec().When(Complete with { Channel = Channel.Online }).Then<CaseSubmitted>().Hall);

    [Theory] // CASE-9
    [InlineData(Channel.Window, null, "case.hall-required", "/hall")]
    [InlineData(Channel.Kiosk, null, "case.hall-required", "/hall")]
    [InlineData(Channel.Window, "moon", "case.hall-not-offered", "/hall")]
    [InlineData(Channel.Agency, "Airport", "case.hall-not-offered", "/hall")]
    [InlineData(Channel.Mobile, null, "case.channel-not-offered", "/channel")]
    public void A_hall_or_channel_that_does_not_offer_the_item_is_refused(Channel channel, string? hall, string code, string pointer)
    {
        var refused = new CaseSpec().When(Complete with { Channel = channel, Hall = hall }).Refused!;

        Assert.Equal((code, pointer), (refused.Code, refused.Fields.Single().Pointer));
    }

    [Fact] // CAT-5
    public void An_abolished_item_says_what_to_do_instead()
    {
        var instead = new Text("无需办理", "Nothing to apply for");

        var spec = new CaseSpec().When(Complete with { Item = Plain with { Mode = ReformMode.Abolished, InsteadOf = instead } });

        spec.ThenRefused(CaseRefusals.ItemAbolished, "/item");
        Assert.Equal(instead, spec.Refused!.Detail);
        Assert.Null(spec.Maybe);
    }

    [Fact] // CASE-1
    public void One_applies_for_oneself_but_an_agency_applies_for_anyone()
    {
        new CaseSpec().When(Complete with { By = Samples.Applicant, Channel = Channel.Online }).Then<CaseSubmitted>();
        new CaseSpec().When(Complete with { Channel = Channel.Online, By = Samples.Applicant with { Applicant = "person:11010519491231002X" } })
            .ThenRefused(CaseRefusals.NotTheApplicant, "/applicant");
        new CaseSpec().When(Complete with { Applicant = new Applicant(ApplicantKind.LegalEntity, "无码公司") })
            .ThenRefused(ApplicantRefusals.UsccInvalid, "/applicant/uscc");
    }

    [Fact]
    public void Whoever_would_apply_as_somebody_else_is_told_nothing_of_what_is_known_of_them()
    {
        var known = Submission(Committed with { Safety = true }, "form", "lease") with
        {
            Commitment = Signed(Committed),
            Suspended = new(Commitments: true, Deficiency: true),
            IsHeldBack = true,
            Channel = Channel.Online,
            Bars = [new(Committed.Code, BarGround.FalseMaterials, China.Day("2020-06-01"), China.Day("2021-06-01"), null)],
        };

        new CaseSpec().When(known with { By = Samples.Applicant with { Applicant = "person:11010519491231002X" } }).ThenRefused(CaseRefusals.NotTheApplicant, "/applicant");
        Assert.NotEqual(["/applicant"], new CaseSpec().When(known with { By = Samples.Applicant }).Refused!.Fields.Select(f => f.Pointer));
    }

    [Fact] // CASE-1
    public void Everything_that_is_wrong_with_an_application_is_told_at_once_and_with_what_would_be_right()
    {
        var refused = new CaseSpec().When(Complete with
        {
            Applicant = new Applicant(ApplicantKind.LegalEntity, "", Uscc: "1"),
            Channel = Channel.Mobile,
            Hall = "moon",
            Materials = [Paper("passport"), new("form", "", "md5:1")],
        }).Refused!;

        Assert.Equal(
            [
                ("/applicant/name", "applicant.name-invalid"), ("/applicant/uscc", "applicant.uscc-invalid"), ("/channel", "case.channel-not-offered"),
                ("/hall", "case.hall-not-offered"), ("/materials/0/code", "case.material-unknown"), ("/materials/1/name", "case.material-invalid"),
                ("/materials/1/digest", "case.material-invalid"),
            ],
            refused.Fields.Select(f => (f.Pointer, f.Code)));
        Assert.Equal(("applicant.name-invalid", 422), (refused.Code, refused.Status));
        Assert.All(refused.Fields, f => Assert.False(string.IsNullOrWhiteSpace(f.Detail?.En) || string.IsNullOrWhiteSpace(f.Detail.Zh), f.Pointer));
        Assert.Contains("online, window, kiosk, agency", refused.Fields[2].Detail!.En, StringComparison.Ordinal);
        Assert.Contains("airport, logistics, lingang, haigang", refused.Fields[3].Detail!.En, StringComparison.Ordinal);
        Assert.Contains("form, lease, photo", refused.Fields[4].Detail!.En, StringComparison.Ordinal);
    }

    [Fact] // CASE-1
    public void Who_is_signed_in_applies_under_the_registered_name_on_a_channel_of_people()
    {
        var own = Complete with { By = Samples.Applicant, RegisteredName = Company.Name, Channel = Channel.Online };

        new CaseSpec().When(own).Then<CaseSubmitted>();
        new CaseSpec().When(own with { Channel = Channel.Kiosk, Hall = "airport" }).Then<CaseSubmitted>();
        new CaseSpec().When(own with { RegisteredName = "天津空港测试有限公司 " }).ThenRefused(CaseRefusals.NameNotRegistered, "/applicant/name");
        foreach (var channel in new[] { Channel.Window, Channel.Agency })
        {
            var spec = new CaseSpec().When(own with { Channel = channel, Hall = "airport" }).ThenRefused(CaseRefusals.ChannelOfStaff, "/channel");
            Assert.Contains("online, kiosk", spec.Refused!.Fields.Single().Detail!.En, StringComparison.Ordinal);
            new CaseSpec().When(Complete with { Channel = channel, Hall = "airport" }).Then<CaseSubmitted>();
        }
    }

    [Fact] // CAT-7
    public void An_item_is_for_those_it_names()
    {
        var item = Plain with { Applicants = [ApplicantKind.Person] };

        new CaseSpec().When(Complete with { Item = item }).ThenRefused(CaseRefusals.ApplicantNotOffered, "/applicant/kind");
        new CaseSpec().When(Complete with { Item = item, Applicant = new(ApplicantKind.Person, "张三", CitizenId: "11010519491231002X") }).Then<CaseSubmitted>();
    }

    [Fact] // APP-4 (行政许可法 art. 31)
    public void Every_application_is_signed_with_the_declaration_of_truth()
    {
        Assert.Equal(Declared, new CaseSpec().When(Complete).Then<CaseSubmitted>().Declaration);
        Assert.Equal(Declared, new CaseSpec().Given(Complete).Case.Declaration);

        new CaseSpec().When(Complete with { Declaration = null }).ThenRefused(CaseRefusals.DeclarationMissing, "/declaration");
        new CaseSpec().When(Complete with { Declaration = new("sha-256:" + new string('0', 64), "") })
            .ThenRefused(CaseRefusals.DeclarationChanged, "/declaration/digest", "/declaration/signatory");
        new CaseSpec().When(Complete with { Declaration = Declared with { Signatory = new string('长', 101) } })
            .ThenRefused(CaseRefusals.SignatoryInvalid, "/declaration/signatory");
    }

    [Fact] // APP-4: what there is nothing to apply for needs no declaration
    public void What_cannot_be_applied_for_is_refused_without_asking_for_a_declaration()
    {
        new CaseSpec().When(Complete with { Declaration = null, Item = null }).ThenRefused(CaseRefusals.ItemUnknown, "/item");
        new CaseSpec().When(Complete with { Declaration = null, Item = Plain with { Mode = ReformMode.Abolished, InsteadOf = new("无", "None") } })
            .ThenRefused(CaseRefusals.ItemAbolished, "/item");
    }

    [Fact] // APP-4: whoever signs can tell that it is the text they read
    public void The_digest_is_that_of_the_text_in_both_languages()
    {
        var (zh, en) = SignedTexts.Declaration.Text;
        var digest = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(zh + "\n" + en));

        Assert.Equal("sha-256:" + Convert.ToHexString(digest).ToLowerInvariant(), SignedTexts.Declaration.Digest);
        Assert.Contains("第三十一条", zh, StringComparison.Ordinal);
        Assert.Contains("art", en, StringComparison.Ordinal);
    }

    public static TheoryData<MaterialGiven, string, string> WrongMaterials => new()
    {
        { Paper("passport"), "case.material-unknown", "/materials/1/code" },
        { Paper("form"), "case.material-invalid", "/materials/1/code" },
        { Paper("lease") with { Name = "" }, "case.material-invalid", "/materials/1/name" },
        { Paper("lease") with { Name = "a\0b" }, "case.material-invalid", "/materials/1/name" },
        { Paper("lease") with { Name = new string('长', 201) }, "case.material-invalid", "/materials/1/name" },
        { Paper("lease") with { Digest = "sha-256:abc" }, "case.material-invalid", "/materials/1/digest" },
        { Paper("lease") with { Digest = "md5:" + new string('a', 64) }, "case.material-invalid", "/materials/1/digest" },
        { Paper("lease") with { Digest = "sha-256:" + new string('a', 64) + "\n" }, "case.material-invalid", "/materials/1/digest" },
    };

    [Theory] // CASE-1
    [MemberData(nameof(WrongMaterials))]
    public void A_material_that_is_not_described_correctly_is_refused(MaterialGiven wrong, string code, string pointer)
    {
        var refused = new CaseSpec().When(Complete with { Materials = [Paper("form"), wrong] }).Refused!;

        Assert.Equal((code, pointer), (refused.Code, refused.Fields.Single().Pointer));
    }

    [Theory] // CASE-1
    [InlineData("sha-256:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=")]
    [InlineData("sha-256:LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ")]
    [InlineData("sha-256:2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824")]
    public void A_digest_is_hexadecimal_or_base64(string digest) =>
        new CaseSpec().When(Complete with { Materials = [Paper("form") with { Digest = digest }] }).Then<CaseSubmitted>();

    [Fact] // ID-4: the name of a material counts characters, too
    public void A_material_may_have_a_long_rare_name()
    {
        var name = string.Concat(Enumerable.Repeat("𠮷", 200));

        Assert.Equal(name, new CaseSpec().When(Complete with { Materials = [Paper("form") with { Name = name }] }).Then<CaseSubmitted>().Materials[0].Name);
    }

    [Fact] // CASE-1
    public void A_case_is_submitted_once() => new CaseSpec().Given(Complete).When(Complete).ThenRefused(CaseRefusals.NotInThisState);

    [Fact] // CASE-1
    public void Nothing_can_be_asked_of_a_case_that_does_not_exist() =>
        new CaseSpec().When(Acceptance(Department.MarketRegulation)).ThenRefused(CaseRefusals.NotFound);

    [Fact] // ID-3
    public void A_case_number_is_item_day_and_running_number()
    {
        Assert.Equal("ESTABLISHMENT-20261123-000042", CaseNumber.Of("ESTABLISHMENT", new DateOnly(2026, 11, 23), 42));
        Assert.Equal("A-20200101-1234567", CaseNumber.Of("A", new DateOnly(2020, 1, 1), 1_234_567));
    }

    [Fact] // ID-3
    public void The_longest_case_number_has_50_characters() =>
        Assert.Equal(CaseNumber.Longest, CaseNumber.Of(new string('I', 24), new DateOnly(2026, 11, 23), 9_999_999_999_999_999).Length);
}
