using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Serialization;
using OneDoor.BusinessEnvironment;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Exemptions;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Statistics;

/// <summary>A figure that the zone has published, as the platform computes it.</summary>
/// <param name="Id">What it is known by.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Definition">What is counted, or divided by what.</param>
/// <param name="Value">What comes out, ratios as fractions; null where the platform has nothing to compute it from.</param>
/// <param name="Numerator">Of ratios and means: what is divided.</param>
/// <param name="Denominator">By what.</param>
/// <param name="Published">As the zone published it.</param>
/// <param name="Reproduced">The value, rounded as published, is the published one.</param>
public sealed record PublishedFigure(
    string Id, Text Name, Text Definition, decimal? Value,
    [property: JsonIgnore(Condition = WhenWritingNull)] decimal? Numerator, [property: JsonIgnore(Condition = WhenWritingNull)] decimal? Denominator, string Published, bool Reproduced);

/// <summary>
/// The figures that the zone published about itself in June 2020, each computed from the catalogue or from cases (STAT-3). "78 % faster"
/// can be meant in two ways, so both stand here under their own names: the mean of each entry's own reduction is the published one, the reduction of the
/// published means is 90.2 %.
/// </summary>
/// <param name="Figures">By what they are computed from.</param>
/// <param name="AsOf">As they were then (STAT-2); absent where they are as of now.</param>
public sealed record PublishedFigures(IReadOnlyList<PublishedFigure> Figures, [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? AsOf = null)
{
    private const string Establishment = "ESTABLISHMENT", Project = "INVESTMENT-PROJECT";

    // Open time of a working day, and days as published: twenty working days are exactly twenty-eight.
    private const decimal SecondsOfADay = Limit.HallHoursPerWorkingDay * 3600, DaysAsPublished = 7m / 5;

    /// <summary>Between which days cases are added up apart, the first of each included: the five years, 2019 in them, and the months since 3 February 2020.</summary>
    public static readonly IReadOnlyList<DateOnly> Borders = [new(2015, 6, 1), new(2019, 1, 1), new(2020, 1, 1), new(2020, 2, 3), new(2020, 6, 1)];

    /// <summary>By their ids, those that are computed from cases: a platform that has a part of them has others.</summary>
    public static readonly FrozenSet<string> OfCasesAlone = OfCases([]).Select(figure => figure.Id).ToFrozenSet();

    private static BusinessEnvironmentPlan Plan => BusinessEnvironmentPlan.Of(2020)!;

    private const int In2019 = 1, Epidemic = 3;

    /// <summary>The stretch between two of <see cref="Borders"/> that an instant lies in, counted from 0; null outside.</summary>
    public static int? StretchOf(DateTimeOffset? at) =>
        at is { } instant && LegalClock.DayOf(instant) is var day && day >= Borders[0] && day < Borders[^1] ? Borders.Count(border => border <= day) - 1 : null;

    /// <summary>Those the platform has nothing to compute from.</summary>
    public IEnumerable<PublishedFigure> Unknowable() => Figures.Where(figure => (figure.Value ?? figure.Denominator) is null);

    /// <summary>Those that come out otherwise than they were published, of all that can be computed.</summary>
    public IEnumerable<PublishedFigure> Differing() => Figures.Where(figure => !figure.Reproduced).Except(Unknowable());

    /// <summary>All of them.</summary>
    /// <param name="items">The catalogue.</param>
    /// <param name="tallies">Of all cases.</param>
    public static PublishedFigures Of(IReadOnlyList<Item> items, IReadOnlyList<Tally> tallies) =>
        new([.. OfCatalogue(items, CatalogueSummary.Of(items)), .. OfCases(tallies), .. OfProcedures(items)]);

    private static IEnumerable<PublishedFigure> OfCatalogue(IReadOnlyList<Item> items, CatalogueSummary summary)
    {
        yield return Count("items", new("承接事项", "Items taken over"), new("政务服务办承接的主项", "Items the service office took over, each once however many sub-items it has"), summary.Items, 167);
        yield return Count("entries", new("含子项", "Leaf entries"), new("承接事项含子项", "What of them one can apply for"), summary.LeafEntries, 307);
        yield return Mode("mode-abolished", new("直接取消审批", "Abolished"), ReformMode.Abolished, 5);
        yield return Mode("mode-filing", new("审批改为备案", "Turned into filing"), ReformMode.Filing, 4);
        yield return Mode("mode-commitment", new("全面实行告知承诺制", "By commitment"), ReformMode.Commitment, 58);
        yield return Mode("mode-optimised", new("优化准入服务", "Optimised"), ReformMode.Optimised, 141);
        yield return Count("renewals", new("延期换证承诺即办结事项", "Renewals by commitment"), new("可凭承诺换发新证的子项", "Entries under which an expiring licence is renewed by commitment"), summary.RenewalsByCommitment, 27);
        yield return Count("ftz-powers", new("承接自贸区许可事项", "Free-trade-zone powers"), new("成立伊始承接", "Those taken over at once"), summary.FtzTakenOverByYear.Where(year => year.Key < 2016).Sum(year => year.Value), 149);
        yield return Count("ftz-powers-later", new("2016至2018年新承接自贸区许可事项", "Free-trade-zone powers of 2016 to 2018"), new("2016至2018年新承接", "Those taken over in these years"), summary.FtzTakenOverByYear.Where(year => year.Key is >= 2016 and <= 2018).Sum(year => year.Value), 30);
        if (summary.Municipal is not { } municipal)
            yield break;
        yield return Count("municipal-powers", new("区域承接市级下放权力事项", "Municipal powers taken over"), new("保税区承接的市级下放权力事项", "Those the zone took over of those offered in 2019"), municipal.TakenOver.Numerator, 437);
        yield return Ratio("municipal-powers-share", new("承接比例", "Share of municipal powers taken over"), new("承接 ÷ 下放", "Taken over ÷ offered"), municipal.TakenOver.Numerator, municipal.TakenOver.Denominator, 0.732m, "73.2 %");
        yield return Count("municipal-powers-office", new("政务服务办承接市级事项", "Municipal powers of the service office"), new("政务服务办承接的子项", "Entries the service office took over"), municipal.LeafEntries, 105);
        var count = municipal.MeanOfItemReductions.Denominator;
        yield return Ratio("municipal-statutory-days", new("平均法定办理时限", "Mean statutory days"), new("各事项法定时限（公布口径的天）之和 ÷ 事项数", "Sum of the entries' statutory limits, in days as published, ÷ entries"), municipal.MeanStatutoryDays * count, count, 28m, "28");
        yield return Ratio("municipal-promised-days", new("平均承诺办理时限", "Mean promised days"), new("各事项承诺时限（公布口径的天）之和 ÷ 事项数", "Sum of the entries' promised limits, in days as published, ÷ entries"), municipal.MeanPromisedDays * count, count, 2.75m, "2.75");
        yield return Ratio("municipal-faster-of-items", new("提速（各事项提速的平均）", "Faster, mean of the entries' own"), new("各事项（1 − 承诺 ÷ 法定）之和 ÷ 事项数", "Sum of each entry's 1 − promised ÷ statutory, ÷ entries"), municipal.MeanOfItemReductions.Numerator, municipal.MeanOfItemReductions.Denominator, 0.78m, "78 %");
        yield return Ratio("municipal-faster-of-means", new("提速（平均时限的提速）", "Faster, of the means"), new("（平均法定 − 平均承诺）÷ 平均法定；由公布的28天和2.75天得出", "(Mean statutory − mean promised) ÷ mean statutory; it follows from the published 28 and 2.75 days"), municipal.ReductionOfMeans.Numerator, municipal.ReductionOfMeans.Denominator, 0.902m, "90.2 %");

        PublishedFigure Mode(string id, Text name, ReformMode mode, int published) =>
            Count(id, name, new("“证照分离”改革中该方式的子项", "Entries so treated by the reform of business licences"), summary.ByMode[mode], published);
    }

    private static IEnumerable<PublishedFigure> OfCases(IReadOnlyList<Tally> all)
    {
        yield return Concluded("cases", new("五年累计办理事项", "Cases in five years"), all, 791_406);
        yield return Of(Category.AdministrativeLicence, "cases-licences", new("其中行政许可", "Of them administrative licences"), 60_629);
        yield return Of(Category.PublicService, "cases-public-services", new("其中公共服务", "Of them public services"), 730_677);
        yield return Of(Category.InternalApproval, "cases-internal", new("其中政府内部审批", "Of them internal approvals"), 94);
        yield return Of(Category.Other, "cases-other", new("其中其他", "Of them others"), 6);
        Tally[] municipal = [.. all.Where(tally => tally.Origin == PowerOrigin.Municipal)];
        yield return Count("municipal-cases-2019", new("2019年办理新下放市级审批事项", "Municipal-power cases in 2019"), new("2019年办结的市级下放权力事项办件", "Cases under municipal powers concluded in 2019"), municipal.Where(tally => tally.Stretch == In2019).Sum(tally => tally.Cases), 14_500, "1.45 万");
        var means = municipal.GroupBy(tally => tally.Item).Select(item => (Seconds: item.Sum(tally => tally.ActualSeconds), Timed: item.Sum(tally => tally.Timed)))
            .Where(item => item.Timed > 0).Select(item => (decimal)item.Seconds / item.Timed).ToArray();
        yield return Ratio("municipal-actual-days", new("实际办理时限", "Mean actual days"), new("各事项办件平均实际用时（大厅开放8小时为一个工作日，公布口径的天）之和 ÷ 有办件的事项数", "Sum of the entries' mean open hours from acceptance to decision, eight to a working day, in days as published, ÷ entries with cases"),
            means.Sum() / SecondsOfADay * DaysAsPublished, means.Length, 0.324m, "0.324");
        Tally[] epidemic = [.. all.Where(tally => tally.Stretch == Epidemic)];
        yield return Concluded("epidemic-cases", new("2020年2月3日以来累计办理", "Cases since 3 February 2020"), epidemic, 196_796);
        yield return Ratio("epidemic-online-share", new("其中实际“网上办”比例", "Of them online"), new("申请人在线提交 ÷ 办结", "Sent in by the applicant online ÷ concluded"), epidemic.Sum(tally => tally.Online), epidemic.Sum(tally => tally.Cases), 0.879m, "87.9 %");
        yield return Count("epidemic-projects", new("其中涉及疫情防控", "Of them part of emergency projects"), new("通过绿色通道办结的应急项目办件", "Concluded cases of listed emergency projects"), epidemic.Sum(tally => tally.Emergencies), 34);
        yield return Count("new-market-entities", new("其中新增市场主体", "New market entities"), new("准予设立登记的办件：公司、分支机构、合伙企业、个人独资企业、个体工商户", "Granted foundings of companies, branches, partnerships, sole ownerships and individual businesses"), epidemic.Sum(tally => tally.Founded), 1_128);

        PublishedFigure Of(Category category, string id, Text name, int published) => Concluded(id, name, [.. all.Where(tally => tally.Category == category)], published);
    }

    private static IEnumerable<PublishedFigure> OfProcedures(IReadOnlyList<Item> items)
    {
        if (items.FirstOrDefault(item => item.Code == Establishment) is { PromisedLimit: { Unit: LimitUnit.HallHours } hours })
            yield return Count("establishment-hours", new("企业开办", "Establishing a business"), new("“企业开办”一件事的承诺时限（大厅开放小时）", "What is promised for all of it, in hours of open halls"), hours.Value, 3);
        if (items.FirstOrDefault(item => item.Code == Project) is { PromisedLimit: { Unit: LimitUnit.WorkingDays } days })
            yield return Count("project-days", new("社会投资项目", "An investment project"), new("取得建设用地至施工许可证的承诺时限（工作日）", "What is promised from the land to the construction permit, in working days"), days.Value, 18);
        yield return Count("eia-industries", new("免做环评的行业", "Industries exempt from impact assessment"), new("差别化管理目录中的行业", "Industries of the directory"), EiaDirectory.Zone.Industries.Count, 16);
        yield return Count("be-aspects", new("营商环境改革方面", "Aspects of the business environment plan"), new("2020年方案的方面", "Aspects of the plan of 2020"), Plan.Aspects.Count, 5);
        yield return Count("be-measures", new("营商环境改革举措", "Measures of the business environment plan"), new("2020年方案的举措", "Measures of the plan of 2020"), Plan.Measures.Count(), 31);
        yield return Unknown("auto-entry-time", new("自动录入用时", "Time of automatic entry"), new("用时与人工录入之比；平台没有人工录入的用时", "Its time ÷ that of entry by hand, of which the platform has none"), "1/3");
        yield return Count("eia-classes", new("免做环评的类别", "Classes exempt from impact assessment"), new("差别化管理目录中的类别", "Classes of the directory"), EiaDirectory.Zone.Industries.Sum(industry => industry.Classes.Count), 75);
    }

    private static PublishedFigure Unknown(string id, Text name, Text definition, string inWords) => new(id, name, definition, null, null, null, inWords, Reproduced: false);

    private static PublishedFigure Concluded(string id, Text name, IReadOnlyList<Tally> of, int published) =>
        Count(id, name, new("期间办结（准予、部分准予、不予、不予受理）；撤回和终止不计，联办一件计一件", "Concluded: granted, also partly, refused or not accepted; withdrawn and lapsed ones are not counted, and a joint case is one"), of.Sum(tally => tally.Cases), published);

    private static PublishedFigure Count(string id, Text name, Text definition, decimal value, int published, string? inWords = null) =>
        new(id, name, definition, value, null, null, inWords ?? published.ToString(CultureInfo.InvariantCulture), value == published);

    // What is divided is told as it is divided, to six decimals; as many as were published decide.
    private static PublishedFigure Ratio(string id, Text name, Text definition, decimal sum, decimal denominator, decimal published, string inWords)
    {
        var numerator = decimal.Round(sum, 6);
        return denominator == 0 ? new(id, name, definition, null, numerator, denominator, inWords, Reproduced: false)
            : new(id, name, definition, decimal.Round(numerator / denominator, 6), numerator, denominator, inWords, decimal.Round(numerator / denominator, published.Scale, MidpointRounding.AwayFromZero) == published);
    }
}
