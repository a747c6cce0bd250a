namespace OneDoor;

/// <summary>Where one turns against what a department decided or failed to decide (救济途径).</summary>
/// <param name="Authority">Who reconsiders it (行政复议机关).</param>
/// <param name="Address">Where that is to be asked.</param>
/// <param name="Court">Who judges it (行政诉讼).</param>
public sealed record Recourse(Text Authority, Text Address, Text Court);

/// <summary>A department as its documents name it.</summary>
/// <param name="Code">As everywhere.</param>
/// <param name="Sign">What the numbers of its documents begin with (机关代字).</param>
/// <param name="OfficialName">What it signs with (机关全称).</param>
/// <param name="Recourse">Where one turns against it.</param>
public sealed record DepartmentEntry(Department Code, string Sign, Text OfficialName, Recourse Recourse);

/// <summary>
/// The zone's departments, which are data: 行政复议法 art. 24 leads to the government above, art. 27 to the superior of customs, tax and state
/// security.
/// </summary>
public sealed class DepartmentDirectory
{
    private readonly Dictionary<Department, DepartmentEntry> _byCode;
    private readonly Dictionary<string, string> _inEnglish;

    private DepartmentDirectory(Table table)
    {
        _byCode = table.Departments.ToDictionary(d => d.Code, d => new DepartmentEntry(d.Code, d.Sign, d.OfficialName, d.Against ?? table.Usual));
        _inEnglish = _byCode.Values.SelectMany(d => new[] { d.OfficialName, d.Recourse.Authority, d.Recourse.Address, d.Recourse.Court })
            .Distinct().ToDictionary(text => text.Zh, text => text.En);
        Sample = table.Sample;
    }

    /// <summary>The zone's.</summary>
    public static DepartmentDirectory Zone { get; } = new(Shipped.Table<Table>("departments.json"));

    /// <summary>What of the published fields public sources do not give: plausible samples.</summary>
    public IReadOnlyList<string> Sample { get; }

    /// <summary>The department's entry.</summary>
    public DepartmentEntry Of(Department department) => _byCode[department];

    /// <summary>A name or an address as it is kept, in Chinese, for a language tag; in Chinese where it is not one of today's.</summary>
    public string In(string language, string zh) => new Text(zh, _inEnglish.GetValueOrDefault(zh, zh)).In(language);

    /// <summary>The shape of departments.json: a department without a recourse of its own has the usual one.</summary>
    private sealed record Table(IReadOnlyList<string> Sample, Recourse Usual, IReadOnlyList<Entry> Departments);

    private sealed record Entry(Department Code, string Sign, Text OfficialName, Recourse? Against = null);
}
