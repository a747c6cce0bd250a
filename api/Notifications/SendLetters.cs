using System.Security.Cryptography;
using Marten;

namespace OneDoor.Notifications;

/// <summary>What has become of something that was handed over.</summary>
/// <param name="IsTaken">It is on its way.</param>
/// <param name="IsFinal">Where it was not: it never will be.</param>
/// <param name="Status">What it was answered with; null where it was not.</param>
/// <param name="RetryAfter">How long whoever would not take it asked to wait.</param>
public sealed record HandOverAnswer(bool IsTaken, bool IsFinal = false, int? Status = null, TimeSpan? RetryAfter = null)
{
    public static readonly HandOverAnswer Taken = new(IsTaken: true);
}

/// <summary>It is not what was handed over that is not taken: whoever would send it is away, or does not know the platform.</summary>
public sealed class AwayException(Exception? inner = null) : Exception("It is away.", inner);

/// <summary>What it takes to send on a channel.</summary>
/// <param name="Store">Where preferences are.</param>
/// <param name="Table">What is to be sent.</param>
/// <param name="Notifications">What it tells of.</param>
/// <param name="Configuration">Names the database.</param>
/// <param name="Time">What is due.</param>
public sealed record LetterTools(IDocumentStore Store, MailTable Table, NotificationTable Notifications, IConfiguration Configuration, TimeProvider Time);

/// <summary>
/// Sends what is due on a channel. It is claimed before it is handed over, and sent again only where nobody knows whether it was taken, under the
/// same id (decision 0074).
/// </summary>
/// <param name="channel">Which.</param>
/// <param name="patience">How long handing one over may take.</param>
/// <param name="tools">What it takes.</param>
/// <param name="log">Hears of ids, and of no address and no words, which would repeat it.</param>
public abstract partial class SendLetters<TLetter>(NotificationChannel channel, TimeSpan patience, LetterTools tools, ILogger<SendLetters<TLetter>> log)
    : WorkInTurns(MailTable.WorkOf(channel), tools.Configuration, log) where TLetter : class
{
    private const int Portion = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3), KeptFor = TimeSpan.FromDays(30);

    // Taken, and not recorded yet: not to be sent once more by this process.
    private readonly HashSet<Guid> _taken = [];
    private long? _forgot;

    private MailTable Table => tools.Table;

    protected DateTimeOffset Now => tools.Time.GetUtcNow();

    /// <summary>What tells of a notification.</summary>
    protected abstract TLetter About(StoredMail mail, NotificationPreferences person, StoredNotification told);

    /// <summary>What asks whether an address is theirs.</summary>
    protected abstract TLetter Asking(StoredMail mail, NotificationPreferences person);

    /// <summary>Makes sure that there is somebody to hand something over to, before it is claimed.</summary>
    protected virtual Task Connect(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Hands it over.</summary>
    /// <exception cref="AwayException">Nobody is there to take it.</exception>
    protected abstract Task<HandOverAnswer> HandOver(TLetter letter, CancellationToken ct);

    /// <summary>Ends what a round began.</summary>
    protected virtual Task Disconnect(CancellationToken ct) => Task.CompletedTask;

    protected override async Task<bool> Round(CancellationToken ct)
    {
        var isMore = false;
        try
        {
            try
            {
                var due = await Table.Due(channel, Now, Portion, ct);
                foreach (var mail in due)
                    await Take(mail, ct);
                isMore = due.Count == Portion;
            }
            finally
            {
                await Disconnect(ct);
            }
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && (fault is AwayException || !StoreFaults.IsDatabaseAway(fault)))
        {
            // Of what nobody is there to take no attempt is counted.
            Waits(log, MailTable.WorkOf(channel), fault);
            await Task.Delay(Pause, ct);
        }
        // By what has passed, and not by the clock, which may be set back; of much a portion a round.
        if (_forgot is not { } at || tools.Time.GetElapsedTime(at) > TimeSpan.FromHours(1))
        {
            _forgot = tools.Time.GetTimestamp();
            if (await Table.Forget(channel, Now - KeptFor, ct))
                _forgot = null;
        }
        return isMore;
    }

    private async Task Take(StoredMail mail, CancellationToken ct)
    {
        await using var session = tools.Store.QuerySession();
        try
        {
            if (_taken.Contains(mail.Id))
                await End(mail, MailStatus.Sent, ct);
            else if (await session.LoadAsync<NotificationPreferences>(mail.Person, ct) is not { } person || await LetterOf(mail, person, ct) is not { } letter)
                await End(mail, MailStatus.Withdrawn, ct);
            else if (mail.Kind == MailKind.Notification && person.QuietHours?.EndsAfter(Now) is { } end)
                await Table.Shift(mail, end, ct);
            else
                await Send(mail, letter, ct);
        }
        catch (FormatException)
        {
            // It looks like an address, and is none.
            await End(mail, MailStatus.Parked, ct);
            NoAddress(log, MailTable.WorkOf(channel), mail.Id);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && fault is not AwayException && !StoreFaults.IsDatabaseAway(fault))
        {
            // One of which nothing can be made holds up none of the others: it is tried again as what was not taken is.
            NotMade(log, MailTable.WorkOf(channel), mail.Id, fault.GetType().Name, fault.StackTrace);
            if (await Table.Claim(mail, Now + patience + Pause, ct))
                await NotTaken(mail with { Attempts = mail.Attempts + 1 }, new(IsTaken: false));
        }
    }

    // What is to be read there, as it is wanted now; null where nothing is any more.
    private async Task<TLetter?> LetterOf(StoredMail mail, NotificationPreferences person, CancellationToken ct) => mail switch
    {
        { Kind: MailKind.Confirmation } => person.AskedOn(channel, Now) is null ? null : Asking(mail, person),
        _ when person.AddressOn(channel) is null || !(mail.IsAct || person.Channels.Contains(channel)) => null,
        _ => await tools.Notifications.Find(mail.Notification!.Value, Inboxes.WaysTo(person.Owner), ct) is { } told ? About(mail, person, told) : null,
    };

    private async Task Send(StoredMail mail, TLetter letter, CancellationToken ct)
    {
        try
        {
            await Connect(ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            throw new AwayException(fault);
        }
        // For nobody else to take while it is being handed over.
        if (!await Table.Claim(mail, Now + patience + Pause, ct))
            return;
        var claimed = mail with { Attempts = mail.Attempts + 1 };
        HandOverAnswer handed;
        // Whoever stops the process waits for what is being handed over: else nobody knew whether it was.
        using (var waiting = new CancellationTokenSource(patience))
        {
            try
            {
                handed = await HandOver(letter, waiting.Token);
            }
            catch (AwayException)
            {
                await Table.Return(claimed, Now + Pause, CancellationToken.None);
                throw;
            }
            catch (Exception fault)
            {
                NotMade(log, MailTable.WorkOf(channel), mail.Id, fault.GetType().Name, fault.StackTrace);
                handed = new(IsTaken: false);
            }
        }
        if (handed.IsTaken)
        {
            _taken.Add(mail.Id);
            await End(claimed, MailStatus.Sent, CancellationToken.None);
            return;
        }
        await NotTaken(claimed, handed);
    }

    private async Task NotTaken(StoredMail claimed, HandOverAnswer handed)
    {
        var next = handed.IsFinal ? null : Attempts.Next(claimed.Attempts, Now, RandomNumberGenerator.GetInt32(1_000_000) / 1_000_000d, handed.RetryAfter);
        if (next is { } again)
            await Table.Shift(claimed, again, CancellationToken.None);
        else
            await End(claimed, MailStatus.Parked, CancellationToken.None);
        NotSent(log, MailTable.WorkOf(channel), claimed.Id, claimed.Attempts, handed.Status, next is null ? "not sent any more" : "tried again");
    }

    private async Task End(StoredMail mail, MailStatus status, CancellationToken ct)
    {
        await Table.End(mail, status, Now, ct);
        _taken.Remove(mail.Id);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is to be sent waits, for nobody takes it: {Work}")]
    private static partial void Waits(ILogger log, string work, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} {Mail} is to an address that is none, and is not sent any more")]
    private static partial void NoAddress(ILogger log, string work, Guid mail);

    // Of the fault no words, which may be those of what was to be sent.
    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} {Mail} could not be made or handed over: {Fault}\n{At}")]
    private static partial void NotMade(ILogger log, string work, Guid mail, string fault, string? at);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} {Mail} was not taken at attempt {Attempt} ({Status}), and is {Then}")]
    private static partial void NotSent(ILogger log, string work, Guid mail, int attempt, int? status, string then);
}
