using System.Text.Json.Nodes;
using OneDoor.Catalogue;
using Xunit;
using static OneDoor.Forms.SampleForms;

namespace OneDoor.Forms;

/// <summary>What single laws say of what an application states: a figure, a condition or a share of each form that a law describes.</summary>
public sealed class LawOfForms
{
    private static readonly Dictionary<string, Item> Items = CatalogueData.Zone().ToDictionary(item => item.Code);

    private const string Person = """{"name":"张三","idType":"citizen-id","idNumber":"990000199001010017","phone":"13900000000"}""";
    private const string Child = """{"name":"李四","idType":"citizen-id","idNumber":"990000201011270015","phone":"13900000000"}""";
    private const string Row = $$"""{"person":{{Person}}}""";
    private const string Share = $$"""{"kind":"person","person":{{Person}},"share":"1/3"}""";

    /// <summary>An item of enterprises, how its example is changed (a member given as null is left out), and all that is wrong then.</summary>
    public static TheoryData<string, string, string> ChangedByEnterprises => new()
    {
        // 公司法 arts. 47, 68, 83; 企业名称登记管理规定 art. 8.
        { "ESTABLISHMENT", """{"capital":2000000}""", "form.fields-contradict /form/shareholders" },
        { "ESTABLISHMENT", $$"""{"shareholders":[{"kind":"person","person":{{Person}},"subscribed":1000000,"manner":"money","paidBy":"2031-11-27"}]}""", "form.field-invalid /form/shareholders/0/paidBy" },
        { "ESTABLISHMENT", $$"""{"directors":[{{Row}},{{Row}}]}""", "form.fields-contradict /form/directors" },
        { "ESTABLISHMENT", $$"""{"directors":[{{Row}},{{Row}},{{Row}}],"supervisors":[{{Row}}]}""", "" },
        { "ESTABLISHMENT", $$"""{"supervisors":[{{Row}},{{Row}}]}""", "form.fields-contradict /form/supervisors" },
        { "ESTABLISHMENT", """{"name":{"brand":"A1"}}""", "form.field-invalid /form/name/brand" },
        { "ESTABLISHMENT", """{"premises":"lease"}""", "form.field-missing /form/leaseUntil" },
        { "ESTABLISHMENT", """{"invoicesWanted":false,"taxpayer":"small"}""", "form.field-not-asked /form/taxpayer" },
        // 企业投资项目核准和备案管理条例 art. 13.
        { "INVESTMENT-PROJECT", """{"investment":130000000}""", "form.fields-contradict /form/funds" },
        { "INVESTMENT-PROJECT", """{"equipment":130000000}""", "form.fields-contradict /form/equipment" },
        { "INVESTMENT-PROJECT", """{"policyDeclaration":null}""", "form.field-missing /form/policyDeclaration" },
        // 食品经营许可和备案管理办法: cold dishes have a room of their own, and the kitchen is part of the place.
        { "SAMR-009-01", """{"projects":["hot","cold"],"specialRooms":null}""", "form.field-missing /form/specialRooms" },
        { "SAMR-009-01", """{"kitchenArea":160}""", "form.fields-contradict /form/kitchenArea" },
        // 劳动合同法 art. 57; 劳务派遣行政许可实施办法 art. 8.
        { "OFFC-013-01", """{"capital":1999999.99}""", "form.field-invalid /form/capital" },
        { "OFFC-013-01", """{"capital":2000000}""", "" },
        { "OFFC-013-01", """{"rules":["contract","pay","insurance","hours","rest"]}""", "form.field-invalid /form/rules" },
        { "OFFC-013-03", """{"year3":null}""", "form.field-missing /form/year3" },
        { "OFFC-013-03", """{"year1":{"insuranceShare":100.01}}""", "form.field-invalid /form/year1/insuranceShare" },
        { "OFFC-013-03", """{"changed":true}""", "form.fields-contradict /form/changed" },
        // Whoever says that conditions are no longer met asks for what has to be refused (行政许可法 art. 50).
        { "OFFC-015-03", """{"stillMet":false}""", "form.fields-contradict /form/stillMet" },
        // 公共场所卫生管理条例 art. 8: what is tested has passed.
        { "OFFC-017-01", """{"report":{"passed":false}}""", "form.fields-contradict /form/report/passed" },
        { "ESTABLISHMENT", """{"seals":["finance","invoice"]}""", "form.fields-contradict /form/seals" },
        { "ESTABLISHMENT", """{"seals":["finance","official"]}""", "" },
        // 就业服务与就业管理规定 art. 7; 劳动合同法 art. 19.
        { "HRSS-002-01", $$"""{"worker":{{Child}} }""", "form.field-invalid /form/worker/idNumber" },
        { "HRSS-002-01", """{"worker":{"idNumber":"99000020101126001X"}}""", "" },
        // So does the number of a permanent residence card tell the age since December 2023; before, it did not.
        { "HRSS-002-01", """{"worker":{"idType":"permanent-residence-card","idNumber":"911840201011270016"}}""", "form.field-invalid /form/worker/idNumber" },
        { "HRSS-002-01", """{"worker":{"idType":"permanent-residence-card","idNumber":"911840201011260010"}}""", "" },
        { "HRSS-002-01", """{"worker":{"idType":"permanent-residence-card","idNumber":"USA120081010101"}}""", "" },
        { "HRSS-002-01", """{"hiredOn":"2026-11-27"}""", "form.field-invalid /form/hiredOn" },
        { "HRSS-002-01", """{"hiredOn":"2026-11-25"}""", "form.fields-contradict /form/hiredOn" },
        { "HRSS-002-01", """{"contract":"fixed","duration":"under-3-months","probation":1}""", "form.fields-contradict /form/probation" },
        { "HRSS-002-01", """{"contract":"fixed","duration":"under-1-year","probation":1}""", "" },
        { "HRSS-002-01", """{"contract":"fixed","duration":"under-1-year","probation":2}""", "form.fields-contradict /form/probation" },
        { "HRSS-002-01", """{"contract":"fixed","duration":"under-3-years","probation":2}""", "" },
        { "HRSS-002-01", """{"contract":"fixed","duration":"under-3-years","probation":3}""", "form.fields-contradict /form/probation" },
        { "HRSS-002-01", """{"contract":"open","duration":null,"until":null,"probation":6}""", "" },
        { "HRSS-002-01", """{"contract":"task","duration":null,"until":null,"probation":1}""", "form.fields-contradict /form/probation" },
        { "HRSS-002-01", """{"probation":7}""", "form.field-invalid /form/probation, form.fields-contradict /form/probation" },
        // 劳动法 art. 48, as the city has set it since 2025-09-01.
        { "HRSS-002-01", """{"wage":2509.99}""", "form.field-invalid /form/wage" },
        { "HRSS-002-01", """{"wage":2510}""", "" },
    };

    /// <summary>The same of items of citizens, and of what all may apply for.</summary>
    public static TheoryData<string, string, string> ChangedByCitizens => new()
    {
        // 市场主体登记管理条例 art. 8, 促进个体工商户发展条例: a family names its members, and nobody has to have a trade name.
        { "SAMR-005-01", """{"composition":"family"}""", "form.field-missing /form/family" },
        { "SAMR-005-01", """{"useName":false,"name":null}""", "" },
        { "SAMR-005-01", """{"placeKind":"online"}""", "form.field-missing /form/platform, form.field-missing /form/shopLink" },
        // 民法典 art. 298: co-owners in shares own the whole.
        { "PLAN-007-02", $$"""{"ownership":"shares","transferees":[{{Share}},{{Share}}]}""", "form.fields-contradict /form/transferees" },
        { "PLAN-007-02", $$"""{"ownership":"shares","transferees":[{{Share}},{{Share}},{{Share}}]}""", "" },
        { "PLAN-007-02", """{"unit":"12011600100"}""", "form.field-invalid /form/unit" },
        { "PLAN-007-02", $$"""{"ownership":"shares","transferees":[{"kind":"person","person":{{Person}},"share":"1/1\n"}]}""", "form.field-invalid /form/transferees/0/share" },
        // 社会保险法 arts. 57, 58: an employer registers its employees, whoever works on their own account registers themselves.
        { "MEDI-001-01", """{"workers":[]}""", "form.field-invalid /form/workers" },
        { "MEDI-001-01", $$"""{"workers":[{"worker":{{Person}},"start":"2026-12","base":4999.99,"kind":"full"},{"worker":{{Person}},"start":"2026-12","base":25000.01,"kind":"full"}]}""", "form.field-invalid /form/workers/0/base, form.field-invalid /form/workers/1/base" },
        { "MEDI-001-02", """{"notElsewhere":null}""", "form.field-missing /form/notElsewhere" },
        // 海关报关单位备案管理规定 arts. 5 to 8: a temporary filing lasts a year at most.
        { "CUST-001-02", """{"kind":"temporary","purpose":"展览","until":"2027-11-26"}""", "" },
        { "CUST-001-02", """{"kind":"temporary","purpose":"展览","until":"2027-11-27"}""", "form.field-invalid /form/until" },
        // 大型群众性活动安全管理条例 arts. 2, 6, 12, 13.
        { "PSEC-006", """{"sessions":[{"start":"2026-12-15","startTime":"19:00","end":"2026-12-15","endTime":"22:00"}]}""", "form.field-invalid /form/sessions/0/start" },
        { "PSEC-006", """{"sessions":[{"start":"2026-12-16","startTime":"19:00","end":"2026-12-16","endTime":"22:00"}]}""", "" },
        { "PSEC-006", """{"sessions":[{"start":"2026-12-16","startTime":"19:00","end":"2026-12-16","endTime":"19:00"}]}""", "form.fields-contradict /form/sessions/0/end" },
        { "PSEC-006", """{"sessions":[{"start":"2026-12-16","startTime":"19:00","end":"2026-12-17","endTime":"02:00"}]}""", "" },
        { "PSEC-006", """{"expected":999}""", "form.field-invalid /form/expected" },
        { "PSEC-006", """{"expected":5000}""", "form.fields-contradict /form/expected" },
        { "PSEC-006", """{"expected":4000,"capacity":3999}""", "form.fields-contradict /form/expected" },
        { "PSEC-006", """{"plan":{"rescue":null}}""", "form.field-missing /form/plan/rescue" },
        { "PSEC-006", """{"entrances":1}""", "form.field-invalid /form/entrances" },
        // 公共场所卫生管理条例 art. 2: rooms and pools are asked where there are any; central air conditioning is tested.
        { "OFFC-017-01", """{"airCon":"central"}""", "form.field-missing /form/airReport" },
        { "OFFC-017-01", """{"airCon":"none"}""", "" },
        { "OFFC-017-01", """{"rooms":12}""", "form.field-not-asked /form/rooms" },
        { "OFFC-017-01", """{"report":{"date":"2025-11-25"}}""", "form.field-invalid /form/report/date" },
    };

    [Theory] // CAT-7, CASE-11
    [MemberData(nameof(ChangedByEnterprises))]
    [MemberData(nameof(ChangedByCitizens))]
    public void An_answer_is_held_to_the_law(string item, string change, string expected)
    {
        var form = CatalogueData.FormOf(Items[item], CatalogueData.Forms())!;
        var answer = JsonNode.Parse(FormExample.Of(form, Today).GetRawText())!.AsObject();
        Merge(answer, JsonNode.Parse(change)!.AsObject());

        Assert.Equal(expected, string.Join(", ", Wrong(form, Json(answer.ToJsonString())).Select(wrong => $"{wrong.Code} {wrong.Pointer}")));
    }

    [Theory] // 就业服务与就业管理规定 art. 62: later than 30 days after hiring it is taken, and said to be late
    [InlineData("HRSS-002-01", "2026-10-27", "")]
    [InlineData("HRSS-002-01", "2026-10-26", "/form/hiredOn")]
    [InlineData("HRSS-007", "2026-10-26", "/form/hiredOn")]
    public void Who_was_hired_long_ago_is_registered_with_a_remark(string item, string hired, string expected)
    {
        var form = CatalogueData.FormOf(Items[item], CatalogueData.Forms())!;
        var answer = JsonNode.Parse(FormExample.Of(form, Today).GetRawText())!.AsObject();
        (answer["hiredOn"], answer["from"]) = (hired, hired);

        Assert.Empty(Wrong(form, Json(answer.ToJsonString())));
        Assert.Equal(expected, string.Join(", ", FormAnswer.Remarks(form, Json(answer.ToJsonString()), Today).Select(remark => remark.Pointer)));
    }

    [Fact] // 大型群众性活动安全管理条例 art. 12: whoever asks here is told where to ask
    public void A_larger_event_is_sent_to_the_citys_police()
    {
        var form = CatalogueData.FormOf(Items["PSEC-006"], CatalogueData.Forms())!;

        Assert.Contains(form.Checks, check => check is { Field: "expected", Than: "5000" } && check.Message.Zh.Contains("天津市公安局", StringComparison.Ordinal));
    }

    /// <summary>An item's field, and the steps whose departments need it.</summary>
    public static TheoryData<string, string, string, bool> Shares => new()
    {
        { "PLAN-007-02", "homesOfBuyer", "tax-payment", true },
        { "PLAN-007-02", "price", "intake, tax-payment", false },
        { "PLAN-007-02", "area", "intake, registration", false },
        { "PLAN-007-02", "delivery", "registration", false },
        { "ESTABLISHMENT", "monthlyTotal", "invoices", false },
        { "ESTABLISHMENT", "workers", "social-security-registration, medical-insurance-registration", true },
        { "ESTABLISHMENT", "beneficialOwners", "licence", false },
        { "INVESTMENT-PROJECT", "site", "filing, land-permit, planning-permit", false },
        { "INVESTMENT-PROJECT", "contractPrice", "construction-permit", false },
        { "SAMR-011", "staff", "food-licence", true },
        { "SAMR-011", "fumes", "fume-check", false },
        { "MEDI-001-02", "account", "decision", true },
        { "HRSS-008", "account", "pension", true },
    };

    [Theory] // JOINT-3, SIGHT-1, 个人信息保护法 arts. 6, 28
    [MemberData(nameof(Shares))]
    public void A_department_gets_what_its_step_needs(string item, string field, string steps, bool isSensitive)
    {
        var asked = CatalogueData.FormOf(Items[item], CatalogueData.Forms())!.Fields.Single(one => one.Name == field);

        Assert.Equal((steps, isSensitive), (string.Join(", ", asked.Steps ?? []), asked.Sensitive));
    }

    [Fact] // CAT-7: what is joint, unattended, mobile, by commitment or renewed has a form of its own
    public void No_form_is_common_where_a_matter_has_one() => Assert.Empty(
        CatalogueData.Zone().Where(item => !item.IsEnded(DateOnly.MaxValue) && HasOwn(item) && item.Form is null).Select(item => item.Code));

    private static bool HasOwn(Item item) =>
        item.Procedure.Steps.Count > 1 || item.Unattended || item.Channels.Contains(Channel.Mobile) || item.CommitmentEligible || item.Renewal is not null || item.RenewalByCommitment;

    // RFC 7396.
    private static void Merge(JsonObject into, JsonObject change)
    {
        foreach (var (name, value) in change)
        {
            if (value is null)
                into.Remove(name);
            else if (value is JsonObject parts && into[name] is JsonObject old)
                Merge(old, parts);
            else
                into[name] = value.DeepClone();
        }
    }
}
