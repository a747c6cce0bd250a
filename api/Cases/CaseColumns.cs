namespace OneDoor.Cases;

/// <summary>How cases are stored beside their facts: what single ones are looked up by. Lists have a table of their own (<see cref="FoundTable"/>).</summary>
public static class CaseColumns
{
    /// <summary>Cases among what is listed.</summary>
    public static readonly Kind Kind = new("case", CaseFinding.IsDue);

    /// <summary>
    /// What <c>migrate</c> does for them besides: a case of a few KB is not worth packing and unpacking each time. Every change
    /// leaves a dead row behind: a fifth of a large table is too many to wait for.
    /// </summary>
    public static readonly SchemaStep Tuning =
        new($"alter table {Store.Schema}.mt_doc_case set (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.02)");

    public static void StoresCases(this WebApplicationBuilder builder) => builder.Stores<Case, CaseFact>(
        cases => cases
            .Duplicate(c => c.Number)
            .Duplicate(c => c.AcceptBy, configure: index => index.Predicate = "accept_by is not null")
            .Duplicate(c => c.WakeAt, configure: index => index.Predicate = "wake_at is not null")
            .Duplicate(c => c.ProvisionalUntil, configure: index => index.Predicate = "provisional_until is not null")
            .Duplicate(c => c.Raised, configure: index => index.Predicate = "raised is not null"),
        new Listing(Kind, state => ((Case)state).Find()),
        // What a release before did not look for any more once the promise was missed, and did not raise.
        lacks: """
            data ->> 'raised' is null and data -> 'delay' is not null and (
                data ->> 'status' <> 'Withdrawn' and data -> 'delay' ->> 'raisedAt' is not null and data -> 'delay' ->> 'explainedAt' is null
                or data ->> 'status' in ('Accepted', 'Paused') and data ->> 'statutory' is not null and data ->> 'wakeAt' is null)
            """);
}
