using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>What stored cases are found by: columns beside them, and indexes in the order of lists.</summary>
public static class CaseColumns
{
    /// <summary>An index in the order of lists: what is equal in it is sorted by id.</summary>
    private const string Ordered = "?, id";

    /// <summary>Worklists are of cases that go on, the oldest first, behind years of others. Not one that Marten can be told of: its predicate names no member.</summary>
    private const string RunningIndex = "mt_doc_case_idx_running";

    /// <summary>What releases up to 0.1.0 did not store to find cases by; only cases they have stored lack it.</summary>
    private const string FoundBy = $"""
        update {Store.Schema}.mt_doc_case d set
            changed_at = coalesce((select max((e.data ->> 'at')::timestamptz) from {Store.Schema}.mt_events e where e.stream_id = d.id), d.mt_last_modified),
            due_order = case when d.status in ('Accepted', 'Paused') then coalesce((d.data -> 'promised' ->> 'at')::timestamptz, '9999-01-01Z') else '9999-01-01Z' end,
            step_due_first = (select min((s -> 'due' ->> 'at')::timestamptz) from jsonb_array_elements(d.data -> 'steps') s where s ->> 'status' = 'Open'),
            data = case when jsonb_array_length(d.data -> 'licences') = 0 then d.data else d.data || jsonb_build_object('licenceKeys', (
                select jsonb_agg(distinct d.applicant_key || ' ' || (l -> 'licence' ->> 'code')) from jsonb_array_elements(d.data -> 'licences') l)) end
        where changed_at is null
        """;

    public static void AddCaseColumns(this Marten.StoreOptions marten) => marten.Schema.For<Case>()
        .UseNumericRevisions(true)
        .Metadata(m => m.Revision.MapTo(c => c.Version))
        .Duplicate(c => c.ApplicantKey, configure: index => index.Mask = Ordered)
        .Duplicate(c => c.SubmittedBy, configure: index => index.Mask = Ordered)
        .Duplicate(c => c.Plan.Item, configure: index => index.Mask = Ordered)
        .Duplicate(c => c.Status, configure: index => index.Mask = Ordered)
        .Duplicate(c => c.Hall, configure: index => index.Mask = Ordered)
        .Duplicate(c => c.ChangedAt, configure: index => index.Mask = Ordered)
        .Duplicate(c => c.DueOrder, configure: index => index.Mask = Ordered)
        .Duplicate(c => c.StepDueFirst, configure: index => index.Predicate = "step_due_first is not null")
        .Duplicate(c => c.Number)
        .Duplicate(c => c.AcceptBy, configure: index => index.Predicate = "accept_by is not null")
        .IgnoreIndex(RunningIndex)
        .GinIndexJsonDataMember(c => c.LicenceKeys!)
        .GinIndexJsonDataMember(c => c.StepsInBrief);

    /// <summary>What <c>migrate</c> does for them besides.</summary>
    public static readonly IReadOnlyList<SchemaStep> Steps =
    [
        // Every list looks into the rows it passes; a case of a few KB is not worth packing and unpacking each time. Every change
        // leaves a dead row behind: a fifth of a large table is too many to wait for.
        new($"alter table {Store.Schema}.mt_doc_case set (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.02)"),
        new($"create index if not exists {RunningIndex} on {Store.Schema}.mt_doc_case (id) where {CaseSearch.Running}"),
        new(FoundBy),
    ];
}
