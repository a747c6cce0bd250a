using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Trials;

/// <summary>Whose samples are made, when, and of what.</summary>
/// <param name="By">Who asks for one, and plays every part in it that is theirs to play.</param>
/// <param name="Now">When: what happens in a sample has happened by then.</param>
/// <param name="Items">The items in force.</param>
/// <param name="Random">Draws people who do not exist.</param>
public sealed record Cast(Actor By, DateTimeOffset Now, IReadOnlyList<ItemPublished> Items, Random Random)
{
    /// <summary>The department whose matters the samples are: the caller's where they have one.</summary>
    public Department Own => By.Department ?? Department.MarketRegulation;

    /// <summary>A department's system, which may grant and refuse; the caller where it is theirs. A person would have to be several: who takes a case on does not decide it (CASE-16).</summary>
    public Actor Of(Department department) => department == By.Department && By.Role == ActorRole.System
        ? By with { IsSupervisor = true } : new($"sandbox-{Kebab.Of(department)}", $"sandbox-{Kebab.Of(department)}", department, IsSupervisor: true);

    /// <summary>Nine in the morning of a working day so many days ago.</summary>
    public DateTimeOffset Ago(int days)
    {
        var day = LegalClock.DayOf(Now).AddDays(-days);
        while (!LegalClock.Zone.Calendar.IsWorkingDay(day))
            day = day.AddDays(-1);
        return LegalClock.MidnightOf(day).AddHours(9).ToUniversalTime();
    }

    /// <summary>An item that is as a sample needs it, the caller's department's own before others; null where there is none.</summary>
    public ItemPublished? Item(Func<Item, bool> fits) => Items
        .Where(published => !published.Item.Confidential && !published.Item.IsEnded(LegalClock.DayOf(Now)) && fits(published.Item))
        .OrderBy(published => published.Item.Department != Own).ThenBy(published => published.Item.SupervisedBy != Own).FirstOrDefault();

    /// <summary>An id of that time.</summary>
    public static Guid NewId(DateTimeOffset at) => Guid.CreateVersion7(at);
}

/// <summary>A thing as it is told: what the rules make of each command, and of the time that passes. What they refuse leaves it as it is.</summary>
/// <param name="begins">When it begins.</param>
internal sealed class ToldThing<TState, TFact>(DateTimeOffset begins) where TState : class, IFolded<TState, TFact> where TFact : class, IFact
{
    private readonly List<TFact> _facts = [];

    public IReadOnlyList<TFact> Facts => _facts;

    public DateTimeOffset Now { get; set; } = begins;

    /// <summary>As it stands; null before its first fact.</summary>
    public TState? State { get; private set; }

    public void Happened(params IEnumerable<TFact> facts)
    {
        foreach (var fact in facts)
        {
            _facts.Add(fact);
            State = TState.Evolve(State, fact);
        }
        Now = Now.AddMinutes(1);
    }

    public void Happened(Decision<TFact> decided) => Happened(decided.Facts);
}
