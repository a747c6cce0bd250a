using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Batches;

/// <summary>Where a batch stands.</summary>
public enum BatchStatus
{
    /// <summary>Its lines have been read, and none has been applied with.</summary>
    Checking,

    /// <summary>Its lines become cases.</summary>
    Running,

    /// <summary>Every line has become a case or been refused.</summary>
    Done,

    /// <summary>No more of its lines become cases.</summary>
    Cancelled,
}

/// <summary>What the rule of batches knows besides.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Now">When.</param>
public sealed record BatchAsking(Actor By, DateTimeOffset Now)
{
    /// <summary>Of the batch that comes in.</summary>
    public Guid Id { get; init; }

    /// <summary>The item it names, as published and in force; null where there is none of that code.</summary>
    public ItemPublished? Item { get; init; }

    /// <summary>What the file that comes in says; null before it is read.</summary>
    public BatchSheet? Sheet { get; init; }

    /// <summary>How many of the sender's batches are not done.</summary>
    public int Open { get; init; }
}

/// <summary>Applications of one employer, each a line of a file (批量录入, ENTRY-1).</summary>
public sealed record Batch : IFolded<Batch, BatchFact>
{
    /// <summary>How many a sender has at a time that are not done.</summary>
    public const int MostOpen = 10;

    /// <summary>How long the file is kept after the end.</summary>
    public const int FileKeptDays = 30;

    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required BatchStatus Status { get; init; }

    /// <summary>Who sent it: as whom its lines are applied with.</summary>
    public required Actor By { get; init; }

    /// <summary>Their subject, stored so that what they sent can be found.</summary>
    public required string SentBy { get; init; }
    public required string Item { get; init; }
    public required PersonOrEntity Employer { get; init; }

    /// <summary>By which its employer finds it; stored so that it can be found.</summary>
    public string EmployerKey => Employer.Key;
    public required Signature Declaration { get; init; }
    public required IReadOnlyList<string> Columns { get; init; }
    public required int Lines { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes.</summary>
    public required DateTimeOffset ReceivedAt { get; init => field = value.ToUniversalTime(); }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many lines have become cases, and how many were refused; null until it is known of all.</summary>
    public int? Done { get; init; }
    public int? Failed { get; init; }

    /// <summary>When the file is to be dropped; null while it is not, and once it is.</summary>
    public DateTimeOffset? DropAt { get; init; }

    /// <summary>The policy: it is the sender's, and the employer's.</summary>
    public Batch? SeenBy(Actor viewer, DateTimeOffset now) => (viewer.Client, viewer.Subject) == (By.Client, By.Subject) || viewer.Applicant == EmployerKey ? this : null;

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The batch so far; null before it comes in.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, when, and what the rule knows besides.</param>
    public static Decision<BatchFact> Decide(Batch? state, BatchCommand command, BatchAsking asked) => (state, command) switch
    {
        (null, ReceiveBatch c) => Receive(c, asked),
        (null, _) => BatchRefusals.NotFound,
        ({ Status: BatchStatus.Cancelled }, CancelBatch) => Decision<BatchFact>.Nothing,
        ({ EndedAt: not null }, CancelBatch) => BatchRefusals.Ended,
        (_, CancelBatch) => new BatchCancelled(asked.Now, asked.By),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
    };

    /// <summary>Why the item takes no batches; null when it does.</summary>
    /// <param name="item">The item named, as published and in force; null where there is none of that code.</param>
    /// <param name="today">The day, China Standard Time.</param>
    public static Refusal? NotOffered(ItemPublished? item, DateOnly today) => item switch
    {
        null => CaseRefusals.ItemUnknown.At("item"),
        _ when item.Item.IsEnded(today) => (CaseRefusals.ItemAbolished with { Detail = item.Item.InsteadOf }).At("item"),
        _ when !item.Item.Applicants.Contains(ApplicantKind.Employer) || BatchColumns.Of(item.Form) is null => BatchRefusals.ItemNotOffered.At("item"),
        _ => null,
    };

    /// <summary>What the passing of time alone has brought about by an instant.</summary>
    public IReadOnlyList<BatchFact> Lapse(DateTimeOffset now) => DropAt < now ? [new BatchFileDropped(now)] : [];

    /// <summary>The application that a line makes, which the rule of cases then decides on.</summary>
    /// <param name="cells">What the line says, by the batch's columns.</param>
    /// <param name="form">The item's form.</param>
    public SubmitCase Application(IReadOnlyList<string> cells, Form? form)
    {
        var said = Columns.Zip(cells).Where(cell => cell.Second.Length > 0).ToDictionary(cell => cell.First, cell => cell.Second);
        // Who is signed in is at no window, and is no agency's system.
        return new(Item, By.Applicant is null ? Channel.Agency : Channel.Online, new(ApplicantKind.Employer, Employer.Name, Employer.Uscc, Worker: WorkerOf(said)))
        {
            Declaration = Declaration,
            Form = form is null ? null : BatchColumns.Answer(form, said),
            Contact = said.TryGetValue(BatchColumns.Phone, out var phone) ? new(phone, said.GetValueOrDefault(BatchColumns.Email)) : null,
        };
    }

    /// <summary>The batch after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static Batch Evolve(Batch? state, BatchFact fact) => ((state, fact) switch
    {
        (null, BatchReceived f) => new Batch
        {
            Id = f.Id, Status = BatchStatus.Checking, By = f.By!, SentBy = f.By!.Subject, Item = f.Item, Employer = f.Employer, Declaration = f.Declaration, Columns = f.Columns,
            Lines = f.Lines, ReceivedAt = f.At,
        },
        (null, _) => throw new InvalidOperationException($"A batch begins with its file, not with {fact.GetType().Name}."),
        (_, BatchStarted f) => state with { Status = BatchStatus.Running, StartedAt = f.At },
        (_, BatchCancelled f) => state.Ended(BatchStatus.Cancelled, f.At),
        (_, BatchFinished f) => state.Ended(BatchStatus.Done, f.At) with { Done = f.Done, Failed = f.Failed },
        (_, BatchFileDropped) => state with { DropAt = null },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a batch."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };

    private Batch Ended(BatchStatus status, DateTimeOffset at) => this with { Status = status, EndedAt = at, DropAt = at.AddDays(FileKeptDays) };

    /// <summary>Why a batch is not taken, whatever its file says; null where that decides.</summary>
    public static Refusal? NotTaken(ReceiveBatch c, BatchAsking asked)
    {
        var today = LegalClock.DayOf(asked.Now);
        var refused = Refusal.AllOf(
        [
            .. NotOffered(asked.Item, today) is { } notOffered ? [notOffered] : Array.Empty<Refusal>(),
            .. CaseRefusals.DeclarationChanged.At("declaration").When(c.Declaration.Digest != SignedTexts.Declaration.Digest),
            .. CaseRefusals.SignatoryInvalid.At("signatory").When(!Wording.IsLine(c.Declaration.Signatory, Signature.LongestSignatory)),
            .. c.Employer.Refusals(today, "employer"),
        ]);
        if (refused is not null)
            return refused;
        if (asked.By.Applicant is { } own && own != c.Employer.Key)
            return BatchRefusals.EmployerNotYours;
        return asked.Open >= MostOpen ? BatchRefusals.TooMany : null;
    }

    private static Decision<BatchFact> Receive(ReceiveBatch c, BatchAsking asked) => NotTaken(c, asked) is { } refused ? refused : new BatchReceived(
        asked.Now, asked.By, asked.Id, c.Item, c.Employer, c.Declaration, asked.Sheet!.Columns, asked.Sheet.Lines.Count);

    private static PersonOrEntity? WorkerOf(Dictionary<string, string> said)
    {
        string? Of(string part) => said.GetValueOrDefault($"{BatchColumns.Worker}.{part}");
        if (Of("name") is null && Of("idNumber") is null)
            return null;
        // What is missing of them is wrong, and told.
        var (name, number, kind) = (Of("name") ?? "", Of("idNumber") ?? "", Blocks.IdentifierOf(Of("idType")));
        return kind is IdentifierKind.CitizenId or null
            ? new(ApplicantKind.Person, name, CitizenId: number)
            : new(ApplicantKind.Person, name, Identifier: new(kind.Value, number, Of("country")));
    }
}
