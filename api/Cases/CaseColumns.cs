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
}
