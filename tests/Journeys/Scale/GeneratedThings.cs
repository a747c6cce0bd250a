using System.Globalization;
using Marten;
using Npgsql;
using OneDoor.Appointments;
using OneDoor.Batches;
using OneDoor.Complaints;
using OneDoor.Licences;
using OneDoor.Platform;
using OneDoor.Reviews;
using OneDoor.Supervision;
using OneDoor.Tickets;
using OneDoor.WorkOrders;

namespace OneDoor.Scale;

/// <summary>
/// What is listed besides cases, over five years: one department has 62 % of it, one five things in all, one none; one person has a tenth, others three each; five stand otherwise than the rest.
/// Only what lists look at is stored of it, and a text beside, as long as a real one's.
/// </summary>
internal static class GeneratedThings
{
    private static readonly (string Table, string Columns, string Values, string Data)[] Rows =
    [
        ("review", "given_at, given_by", "at, who", "'unit', unit, 'status', case when rare then 'Appealed' else 'Given' end, 'grade', 'Satisfied'"),
        ("workorder", "opened_at, reviewer", "at, who", "'unit', unit, 'aboutOffice', unit = 'ServiceOffice', 'status', case when rare then 'Rectified' else 'Closed' end, 'named', '[]'::jsonb"),
        ("complaint", "filed_at, filed_by", "at, who", "'units', jsonb_build_array(unit), 'isAboutOffice', unit = 'ServiceOffice', 'acceptedAt', at, 'status', 'Accepted', 'named', '[]'::jsonb"),
        ("appointment", "starts_at, hall, applicant_key, booked_by", "at, 'airport', 'legal-entity:' || who, who", "'status', 'Confirmed'"),
        ("ticket", "taken_at, hall, day, applicant_key, taken_by", "at, 'airport', at::date, 'legal-entity:' || who, who", "'groupCode', case unit when 'Tax' then 'tax-and-insurance' else 'market' end, 'status', 'Done'"),
        ("batch", "received_at, ended_at, sent_by, employer_key", "at, at, who, 'legal-entity:' || who", "'by', jsonb_build_object('client', 'mobile'), 'status', 'Done'"),
        ("supervisiontask", "opened_at, department, decided_by", "at, unit, 'ServiceOffice'", "'holderKeys', jsonb_build_array('legal-entity:' || who), 'status', case when rare then 'Opened' else 'Closed' end"),
        ("licence", "issued_at, department, supervised_by, is_public", "at, unit, 'ServiceOffice', true", "'holderKeys', jsonb_build_array('legal-entity:' || who), 'kind', jsonb_build_object('code', case when rare then 'rare' else 'common' end), 'confidential', false, 'status', 'Valid'"),
    ];

    private static IEnumerable<(string Name, Actor Viewer)> Viewers =>
    [
        ("the office", Of(Department.ServiceOffice) with { IsSupervisor = true }), ("its clerks", Of(Department.ServiceOffice)), ("the big department", Of(GeneratedCases.Big)), ("a rare one", Of(GeneratedCases.Rare)),
        ("one without any", Of(Department.StateSecurity)), ("a person with many", Person("many")), ("a person with few", Person("7")),
    ];

    private static Actor Of(Department department) => new($"sandbox-{Kebab.Of(department)}", $"sandbox-{Kebab.Of(department)}", department);

    private static Actor Person(string who) => new("mobile", $"person-{who}", Applicant: $"legal-entity:person-{who}");

    /// <summary>Writes them, and lets the database take note.</summary>
    public static async Task Store(int count, NpgsqlDataSource database, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (table, columns, values, data) in Rows)
        {
            await using var written = database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"""
                insert into {Platform.Store.Schema}.mt_doc_{table} (id, mt_version, data, {columns})
                select gen_random_uuid(), 1, jsonb_build_object({data}, 'text', repeat(md5(i::text), 20)), {values} from (
                    select i, i % {count / 5} = 3 as rare, $1 - interval '5 years' * i / {count} as at, case when i % 10 = 0 then 'person-many' else 'person-' || i / 3 end as who,
                        case when i % {count / 5} = 7 then '{GeneratedCases.Rare}' when i % 100 < 62 then '{GeneratedCases.Big}' else (array['ServiceOffice', 'Construction', 'Planning', 'Tax'])[1 + i % 4] end as unit
                    from generate_series(1, {count}) i) generated;
                """));
            written.Parameters.Add(new() { Value = now.ToUniversalTime() });
            await written.ExecuteNonQueryAsync(ct);
            await using var noted = database.CreateCommand($"vacuum analyze {Platform.Store.Schema}.mt_doc_{table}");
            await noted.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Of each list the first page for each viewer, one in the middle and, where so few are found by it, the first of those that stand otherwise than the rest, as the platform asks for them.</summary>
    public static IEnumerable<(string Operation, string Name, NpgsqlCommand Asked)> Questions(IQuerySession session, DateTimeOffset now) =>
    [
        .. Pages(ListReviews.All, session, now, new[] { ReviewStatus.Appealed }), .. Pages(ListWorkOrders.All, session, now, new[] { WorkOrderStatus.Rectified }), .. Pages(ListComplaints.All, session, now),
        .. Pages(ListAppointments.All, session, now), .. Pages(ListTickets.All, session, now), .. Pages(ListBatches.All, session, now), .. Pages(ListSupervisionTasks.All, session, now, new[] { SupervisionStatus.Opened }),
        .. Pages(ListLicences.All, session, now, "rare", "kind"),
        .. Pages("listRegisteredLicences", "register of licences: anybody", ListLicences.All.By, now, ListLicences.Registered(session, new(), now), ListLicences.Registered(session, new(Kind: "rare"), now)),
    ];

    private static IEnumerable<(string, string, NpgsqlCommand)> Pages<TState, TFact, TView, TEvent, TFilter>(
        ThingList<TState, TFact, TView, TEvent, TFilter> list, IQuerySession session, DateTimeOffset now, object? rare = null, string by = "status")
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class where TFilter : class => Viewers.SelectMany(of => Pages(
            $"list{char.ToUpperInvariant(list.Name[0])}{list.Name[1..]}", $"{list.Things}: {of.Name}", list.By, now, list.Matching(session, of.Viewer, list.Wanted(_ => null), now),
            rare is null ? null : list.Matching(session, of.Viewer, list.Wanted(parameter => parameter.Name == by ? rare : null), now)));

    private static IEnumerable<(string, string, NpgsqlCommand)> Pages<TState>(string operation, string name, LatestFirst<TState> by, DateTimeOffset now, IQueryable<TState> all, IQueryable<TState>? rare) where TState : class
    {
        yield return (operation, name, by.Asked(all, new(20, null)).ToCommand());
        yield return (operation, $"{name}, a later page", by.Asked(all, new(20, string.Create(CultureInfo.InvariantCulture, $"{now.AddYears(-2).UtcTicks}/{Guid.Empty}"))).ToCommand());
        if (rare is not null)
            yield return (operation, $"{name}, the rare ones", by.Asked(rare, new(20, null)).ToCommand());
    }
}
