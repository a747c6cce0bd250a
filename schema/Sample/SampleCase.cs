namespace OneDoor.Sample;

/// <summary>By which way a case of the sample goes.</summary>
public enum SampleWay
{
    /// <summary>It is accepted and granted.</summary>
    Ordinary,

    /// <summary>Its submission decides it: a filing, complete with complete information (MODE-1).</summary>
    Filed,

    /// <summary>Its submission decides it by the applicant's commitment (MODE-2).</summary>
    Committed,

    /// <summary>A correction notice comes first (CASE-2).</summary>
    Mended,

    /// <summary>A supervisor refuses it (CASE-4).</summary>
    Refused,
}

/// <summary>A case of the sample before anything is asked of the rules: when what is to happen to it.</summary>
/// <param name="Number">Counts them from 1 in the order in which they were drawn, and is what the rest of it is drawn from.</param>
/// <param name="Cell">Of which it is.</param>
/// <param name="Way">By which way it goes.</param>
/// <param name="SubmittedAt">When it comes in.</param>
/// <param name="AcceptedAt">When it is taken on.</param>
/// <param name="DecidedAt">When its last step is decided.</param>
public sealed record SampleCase(int Number, SampleCell Cell, SampleWay Way, DateTimeOffset SubmittedAt, DateTimeOffset AcceptedAt, DateTimeOffset DecidedAt);
