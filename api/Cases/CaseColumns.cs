using NpgsqlTypes;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>How cases are stored beside their facts: what single ones are looked up by. Lists have a table of their own (<see cref="FoundTable"/>).</summary>
public static class CaseColumns
{
    /// <summary>Cases among what is listed.</summary>
    public static readonly Kind Kind = new("case", CaseFinding.IsDue);

    /// <summary>What is made of the facts of cases.</summary>
    public static readonly ReadModel ReadModel = ReadModel.Of<Case, CaseFact>(
        new ReadModelColumn("number", NpgsqlDbType.Varchar, state => ((Case)state).Number),
        new ReadModelColumn("accept_by", NpgsqlDbType.TimestampTz, state => ((Case)state).AcceptBy),
        new ReadModelColumn("wake_at", NpgsqlDbType.TimestampTz, state => ((Case)state).WakeAt),
        new ReadModelColumn("provisional_until", NpgsqlDbType.TimestampTz, state => ((Case)state).ProvisionalUntil)) with
    { Listed = new Listing(Kind, state => ((Case)state).Find()) };

    /// <summary>
    /// What <c>migrate</c> does for them besides: a case of a few KB is not worth packing and unpacking each time. Every change
    /// leaves a dead row behind: a fifth of a large table is too many to wait for.
    /// </summary>
    public static readonly SchemaStep Tuning =
        new($"alter table {Store.Schema}.mt_doc_case set (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0.02)");

    public static void AddCaseColumns(this Marten.StoreOptions marten) => marten.Schema.For<Case>()
        .UseNumericRevisions(true)
        .Metadata(m => m.Revision.MapTo(c => c.Version))
        .Duplicate(c => c.Number)
        .Duplicate(c => c.AcceptBy, configure: index => index.Predicate = "accept_by is not null")
        .Duplicate(c => c.WakeAt, configure: index => index.Predicate = "wake_at is not null")
        .Duplicate(c => c.ProvisionalUntil, configure: index => index.Predicate = "provisional_until is not null");
}
