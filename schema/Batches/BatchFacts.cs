using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Cases;

namespace OneDoor.Batches;

/// <summary>Something that happened to a batch.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the platform did.</param>
public abstract record BatchFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>A file of applications came in (批量录入); what its lines say lies beside it, until the file is dropped.</summary>
/// <param name="Id">The batch's.</param>
/// <param name="Item">Code of the item that all lines apply for.</param>
/// <param name="Employer">Who applies, with every line.</param>
/// <param name="Declaration">The signature under the declaration of truth, once for all lines.</param>
/// <param name="Columns">What the lines say, in this order.</param>
/// <param name="Lines">How many there are.</param>
[Alias("batch_received")]
public sealed record BatchReceived(
    DateTimeOffset At, Actor By, Guid Id, string Item, PersonOrEntity Employer, Signature Declaration, IReadOnlyList<string> Columns, int Lines) : BatchFact(At, By);

/// <summary>Its lines are being made cases of.</summary>
[Alias("batch_started")]
public sealed record BatchStarted(DateTimeOffset At) : BatchFact(At, null);

/// <summary>No more of its lines become cases.</summary>
[Alias("batch_cancelled")]
public sealed record BatchCancelled(DateTimeOffset At, Actor By) : BatchFact(At, By);

/// <summary>Every line has become a case or been refused.</summary>
/// <param name="Done">How many have become cases.</param>
/// <param name="Failed">How many were refused.</param>
[Alias("batch_finished")]
public sealed record BatchFinished(DateTimeOffset At, int Done, int Failed) : BatchFact(At, null);

/// <summary>What its lines said is deleted; which case each has become is not.</summary>
[Alias("batch_file_dropped")]
public sealed record BatchFileDropped(DateTimeOffset At) : BatchFact(At, null);

/// <summary>What someone asks of a batch.</summary>
public abstract record BatchCommand : ICommand;

/// <summary>Making cases of the lines of a file.</summary>
/// <param name="Item">Code of the item.</param>
/// <param name="Declaration">The signature under the declaration of truth, for all lines.</param>
/// <param name="Digest">Of the file.</param>
/// <param name="Employer">Who applies.</param>
public sealed record ReceiveBatch(string Item, Signature Declaration, string Digest, PersonOrEntity Employer) : BatchCommand
{
    /// <summary>The file.</summary>
    [JsonIgnore]
    public byte[] Content { get; init; } = [];
}

/// <summary>Making no more cases of its lines.</summary>
public sealed record CancelBatch : BatchCommand;
