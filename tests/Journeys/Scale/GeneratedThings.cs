using System.Globalization;
using Marten;
using Npgsql;
using OneDoor.Appointments;
using OneDoor.Batches;
using OneDoor.Complaints;
using OneDoor.Platform;
using OneDoor.Reviews;
using OneDoor.Supervision;
using OneDoor.Tickets;
using OneDoor.WorkOrders;

namespace OneDoor.Scale;

/// <summary>
/// What is listed besides cases, over five years: one department has 62 % of it, one five things in all, one none; one person has a tenth, others three each.
/// Only what lists look at is stored of it, and a text beside, as long as a real one's.
/// </summary>
internal static class GeneratedThings
{
    private static readonly (string Table, string Columns, string Values, string Data)[] Rows =
    [
        ("review", "given_at, given_by", "at, who", "'unit', unit, 'status', 'Given', 'grade', 'Satisfied'"),
        ("workorder", "opened_at, reviewer", "at, who", "'unit', unit, 'aboutOffice', unit = 'ServiceOffice', 'status', 'Open', 'named', '[]'::jsonb"),
        ("complaint", "filed_at, filed_by", "at, who", "'units', jsonb_build_array(unit), 'isAboutOffice', unit = 'ServiceOffice', 'acceptedAt', at, 'status', 'Accepted', 'named', '[]'::jsonb"),
        ("appointment", "starts_at, hall, applicant_key, booked_by", "at, 'airport', 'legal-entity:' || who, who", "'status', 'Confirmed'"),
        ("ticket", "taken_at, hall, day, applicant_key, taken_by", "at, 'airport', at::date, 'legal-entity:' || who, who", "'groupCode', case unit when 'Tax' then 'tax-and-insurance' else 'market' end, 'status', 'Done'"),
        ("batch", "received_at, ended_at, sent_by, employer_key", "at, at, who, 'legal-entity:' || who", "'by', jsonb_build_object('client', 'mobile'), 'status', 'Done'"),
        ("supervisiontask", "opened_at, department, decided_by", "at, unit, 'ServiceOffice'", "'holderKeys', jsonb_build_array('legal-entity:' || who), 'status', 'Open'"),
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
                    select i, $1 - interval '5 years' * i / {count} as at, case when i % 10 = 0 then 'person-many' else 'person-' || i / 3 end as who,
                        case when i % {count / 5} = 7 then '{GeneratedCases.Rare}' when i % 100 < 62 then '{GeneratedCases.Big}' else (array['ServiceOffice', 'Construction', 'Planning', 'Tax'])[1 + i % 4] end as unit
                    from generate_series(1, {count}) i) generated;
                """));
            written.Parameters.Add(new() { Value = now.ToUniversalTime() });
            await written.ExecuteNonQueryAsync(ct);
            await using var noted = database.CreateCommand($"vacuum analyze {Platform.Store.Schema}.mt_doc_{table}");
            await noted.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>The first page of each list for each viewer, as the platform asks for it.</summary>
    public static IEnumerable<(string Name, NpgsqlCommand Asked)> Questions(IQuerySession session, DateTimeOffset now) =>
    [
        .. Pages(ListReviews.All, session, now), .. Pages(ListWorkOrders.All, session, now), .. Pages(ListComplaints.All, session, now), .. Pages(ListAppointments.All, session, now),
        .. Pages(ListTickets.All, session, now), .. Pages(ListBatches.All, session, now), .. Pages(ListSupervisionTasks.All, session, now),
    ];

    private static IEnumerable<(string, NpgsqlCommand)> Pages<TState, TFact, TView, TEvent, TFilter>(ThingList<TState, TFact, TView, TEvent, TFilter> list, IQuerySession session, DateTimeOffset now)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class where TFilter : class =>
        Viewers.Select(of => ($"{list.Things}: {of.Name}", list.Matching(session, of.Viewer, list.Wanted(_ => null), now).OrderByDescending(list.By.At).ThenByDescending(list.By.Id).Take(21).ToCommand()));
}
