using OneDoor.Catalogue;

namespace OneDoor.Sample;

/// <summary>A kind of matter as the zone counts it, and the entries that are of it.</summary>
public enum SampleKind
{
    /// <summary>市级下放权力事项: licences by a power of the municipality.</summary>
    Municipal,

    /// <summary>市场主体设立: licences that bring a market entity into being.</summary>
    Founding,

    /// <summary>行政许可: every other licence.</summary>
    Licence,

    /// <summary>公共服务</summary>
    Service,

    /// <summary>政府内部审批</summary>
    Internal,

    /// <summary>其他</summary>
    Other,
}

/// <summary>So many cases of a kind were concluded between two days.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The day after the last.</param>
/// <param name="Cases">How many.</param>
public sealed record SampleQuota(SampleKind Kind, DateOnly From, DateOnly Until, int Cases);

/// <summary>
/// What is given of the five years before any case is drawn. Their sums are the figures that the zone published in June 2020; how they are
/// distributed within those sums no public source says, so all else here is a sample.
/// </summary>
public static class SamplePlan
{
    /// <summary>The seed that is used where nobody names another.</summary>
    public const int UsualSeed = 2020;

    /// <summary>The first day of the five years and the day after the last.</summary>
    public static readonly DateOnly Begins = new(2015, 6, 1), Ends = new(2020, 6, 1);

    /// <summary>From when the zone counted what it did during the epidemic: the first working day after the holiday of 2020.</summary>
    public static readonly DateOnly Epidemic = new(2020, 2, 3);

    /// <summary>Cases concluded since <see cref="Epidemic"/> that came in online, and those that were part of an emergency project.</summary>
    public const int EpidemicOnline = 172_984, EpidemicProjects = 34;

    /// <summary>What the entries of the municipality's powers took on average, added up over the entries: minutes of open time. 105 × 0.324 days as published.</summary>
    public const int MunicipalMinutes = 11_664;

    private static readonly DateOnly In2019 = new(2019, 1, 1), In2020 = new(2020, 1, 1);

    /// <summary>What is to be drawn, in whole cases.</summary>
    public static readonly IReadOnlyList<SampleQuota> Quotas =
    [
        .. Over(Begins, In2019, founding: 9_000, licence: 16_299, service: 366_245, @internal: 62, other: 4),
        .. Over(In2019, In2020, municipal: 14_500, founding: 2_900, licence: 4_800, service: 167_774, @internal: 24, other: 2),
        .. Over(In2020, Epidemic, municipal: 1_100, founding: 210, licence: 330, service: 11_358, @internal: 2),
        .. Over(Epidemic, Ends, municipal: 4_400, founding: 1_128, licence: 5_962, service: 185_300, @internal: 6),
    ];

    /// <summary>All of them.</summary>
    public static int Cases => Quotas.Sum(quota => quota.Cases);

    /// <summary>Which kind an entry is of; null where no case of it is drawn: nobody can apply for it, or it exists for its department only (SIGHT-1).</summary>
    public static SampleKind? KindOf(Item item) => item switch
    {
        { Confidential: true } or { Channels.Count: 0 } => null,
        { Origin: PowerOrigin.Municipal } => SampleKind.Municipal,
        { CreatesEntity: true } => SampleKind.Founding,
        _ => item.Category switch
        {
            Category.AdministrativeLicence => SampleKind.Licence,
            Category.PublicService => SampleKind.Service,
            Category.InternalApproval => SampleKind.Internal,
            _ => SampleKind.Other,
        },
    };

    /// <summary>How much more is asked of a department's entries than of others.</summary>
    internal static int DemandFor(Department department) => department switch
    {
        Department.SocialSecurity => 12,
        Department.Tax or Department.MedicalInsurance => 4,
        _ => 1,
    };

    /// <summary>How many of a hundred cases a hall receives.</summary>
    internal static readonly IReadOnlyList<(string Hall, int Share)> Halls = [("airport", 46), ("lingang", 24), ("logistics", 17), ("haigang", 13)];

    /// <summary>How many of a hundred come in online in a year; since <see cref="Epidemic"/> exactly <see cref="EpidemicOnline"/> do.</summary>
    internal static int OnlineIn(int year) => year switch { 2015 => 18, 2016 => 25, 2017 => 34, 2018 => 45, 2019 => 58, _ => 62 };

    /// <summary>How much is asked in a month: more each year, most before holidays and at the year's end.</summary>
    internal static double DemandIn(DateOnly month) => (1 + ((month.Year - Begins.Year) * 12 + month.Month - Begins.Month) / 40.0)
        * month.Month switch { 1 => 1.05, 2 => 0.9, 3 => 1.1, 9 => 1.05, 12 => 1.15, _ => 1.0 };

    private static IEnumerable<SampleQuota> Over(
        DateOnly from, DateOnly until, int founding, int licence, int service, int @internal, int municipal = 0, int other = 0) =>
        new[]
        {
            (SampleKind.Municipal, municipal), (SampleKind.Founding, founding), (SampleKind.Licence, licence), (SampleKind.Service, service),
            (SampleKind.Internal, @internal), (SampleKind.Other, other),
        }.Where(quota => quota.Item2 > 0).Select(quota => new SampleQuota(quota.Item1, from, until, quota.Item2));
}
