using Npgsql;
using NpgsqlTypes;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Scale;

/// <summary>
/// Five years of cases, the same ones each time: the young ones are open; one department has 62 % of them, others below 5 %, one hardly
/// any, one none for a year, one none at all; the newest are another's burst; few applicants have many and many few (Zipf). Only
/// what lists look at is stored of them.
/// </summary>
internal sealed class GeneratedCases(int count, DateTimeOffset now)
{
    public const Department Big = Department.MarketRegulation, Rare = Department.Customs, Silent = Department.Ecology, Bursting = Department.Construction;

    /// <summary>An item of the big department that has a tenth of its cases, and one with a twentieth, but none for a year.</summary>
    public const string Popular = "ESTABLISHMENT", SilentItem = "SAMR-028-01";

    /// <summary>Whoever submits for others, and the person with the most cases.</summary>
    public const string Window = "hall-windows";

    private static readonly TimeSpan Span = TimeSpan.FromDays(5 * 365);
    private static readonly ILookup<Department, Item> Items = CatalogueData.Zone().ToLookup(i => i.Department);
    private static readonly Department[] Others =
        [Department.ServiceOffice, Department.Construction, Department.PublicSecurity, Department.Planning, Department.SocialSecurity, Department.Tax, Department.MedicalInsurance, Department.Fire];
    private static readonly string[] Halls = ["airport", "airport", "airport", "logistics", "logistics", "lingang", "haigang", "airport", "logistics", "lingang"];

    private readonly Random _random = new(count);

    /// <summary>The number of a case in the middle, and some ids.</summary>
    public string SomeNumber => NumberOf(count / 2);
    public List<Guid> SomeIds { get; } = [];

    public static Actor Applicant(int rank) => new("mobile", $"person-{rank}", Applicant: ApplicantOf(rank).Key);

    public static string KeyOf(int rank) => ApplicantOf(rank).Key;

    /// <summary>Writes them, and lets the database take note.</summary>
    public async Task Store(NpgsqlDataSource database, FoundTable table, CancellationToken ct)
    {
        await using (var states = await database.OpenConnectionAsync(ct))
        await using (var rows = await database.OpenConnectionAsync(ct))
        {
            await using var state = await states.BeginBinaryImportAsync("copy onedoor.mt_doc_case (id, data, number, mt_version) from stdin (format binary)", ct);
            await using var found = await rows.BeginBinaryImportAsync($"copy onedoor.found ({string.Join(", ", FoundRow.Columns.Select(c => c.Name))}) from stdin (format binary)", ct);
            for (var i = 0; i < count; i++)
            {
                var @case = Next(i);
                if (i % (count / 50) == 0)
                    SomeIds.Add(@case.Id);
                await state.StartRowAsync(ct);
                await state.WriteAsync(@case.Id, NpgsqlDbType.Uuid, ct);
                await state.WriteAsync("{}", NpgsqlDbType.Jsonb, ct);
                await state.WriteAsync(@case.Number, NpgsqlDbType.Varchar, ct);
                await state.WriteAsync((long)@case.Version, NpgsqlDbType.Bigint, ct);
                foreach (var values in table.RowsOf(CaseColumns.Kind, @case.Find()).Select(row => row.Values))
                {
                    await found.StartRowAsync(ct);
                    for (var c = 0; c < values.Count; c++)
                    {
                        if (values[c] is { } value)
                            await found.WriteAsync(value, FoundRow.Columns[c].Type, ct);
                        else
                            await found.WriteNullAsync(ct);
                    }
                }
            }
            await state.CompleteAsync(ct);
            await found.CompleteAsync(ct);
        }
        foreach (var stored in new[] { "mt_doc_case", FoundTable.Name })
        {
            await using var vacuum = database.CreateCommand($"vacuum (analyze) onedoor.{stored}");
            vacuum.CommandTimeout = 0;
            await vacuum.ExecuteNonQueryAsync(ct);
        }
    }

    private Case Next(int i)
    {
        var submitted = now - Span + Span * ((i + 1.0) / (count + 1));
        var age = now - submitted;
        var item = ItemOf(i, age);
        var (status, changed) = Standing(age, submitted);
        var applicant = ApplicantOf((int)(count / 2 * Math.Pow(_random.NextDouble(), 2.5)));
        var steps = item.Procedure.Steps.Select((s, n) => new StepState
        {
            Code = s.Code, Department = s.Department, Status = status switch
            {
                CaseStatus.Submitted or CaseStatus.CorrectionRequested => StepStatus.Waiting,
                CaseStatus.Accepted or CaseStatus.Paused => n == 0 ? StepStatus.Open : StepStatus.Waiting,
                CaseStatus.Granted => StepStatus.Granted,
                _ => StepStatus.Cancelled,
            },
            Due = status == CaseStatus.Accepted && n == 0 ? Due(submitted.AddDays(_random.Next(5, 25))) : null,
        }).ToArray();
        return new Case
        {
            Id = Guid.CreateVersion7(submitted), Version = 2 + _random.Next(10), Number = NumberOf(i), Status = status, Plan = CasePlan.Of(item, 1), Lead = item.Department,
            Applicant = applicant, ApplicantKey = applicant.Key, Channel = Channel.Window, Hall = Halls[_random.Next(Halls.Length)], Materials = [],
            SubmittedBy = _random.Next(10) switch { < 4 => Window, < 7 => $"sandbox-{Kebab.Of(item.Department)}", _ => $"person-{applicant.Name}" },
            Steps = steps, SubmittedAt = submitted, MaterialsInAt = submitted, ChangedAt = changed,
            Promised = status == CaseStatus.Accepted ? Due(submitted.AddDays(_random.Next(10, 40))) : null,
        };
    }

    // Nothing is open for longer than forty days, but for one in a thousand.
    private (CaseStatus Status, DateTimeOffset Changed) Standing(TimeSpan age, DateTimeOffset submitted)
    {
        var life = TimeSpan.FromDays(1 + 39 * _random.NextDouble());
        if (age > life && _random.Next(1000) > 0)
            return (_random.Next(1000) switch { < 900 => CaseStatus.Granted, < 945 => CaseStatus.Refused, _ => CaseStatus.Withdrawn }, submitted + life);
        var changed = submitted + age * _random.NextDouble();
        return (_random.Next(100) switch { < 15 => CaseStatus.Submitted, < 20 => CaseStatus.CorrectionRequested, < 93 => CaseStatus.Accepted, _ => CaseStatus.Paused }, changed);
    }

    private Item ItemOf(int i, TimeSpan age)
    {
        if (i >= count * 0.99)
            return Of(Bursting, 0);
        var draw = _random.NextDouble();
        return draw switch
        {
            < 0.06 => Items[Big].First(item => item.Code == Popular),
            < 0.09 when age > TimeSpan.FromDays(365) => Items[Big].First(item => item.Code == SilentItem),
            < 0.62 => Of(Big, _random.NextDouble()) is { Code: not SilentItem } item ? item : Of(Big, 0),
            < 0.621 => Of(Rare, _random.NextDouble()),
            < 0.65 when age > TimeSpan.FromDays(365) => Of(Silent, _random.NextDouble()),
            _ => Of(Others[_random.Next(Others.Length)], _random.NextDouble()),
        };

        static Item Of(Department department, double draw) => Items[department].ElementAt((int)(Items[department].Count() * draw * draw));
    }

    private static Applicant ApplicantOf(int rank) => new(ApplicantKind.Person, $"{rank}", CitizenId: $"{rank:D18}");

    private static string NumberOf(int i) => $"CASE-{i:D9}";

    private static DueDate Due(DateTimeOffset at) => new(LegalClock.DayOf(at), at, false);
}
