using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;

namespace OneDoor.Cases;

/// <summary>
/// Given what happened, when someone asks something, then facts follow or a refusal. July 2020 has no holidays; the 1st,
/// on which every story begins unless it says otherwise, is a Wednesday.
/// </summary>
internal sealed class CaseSpec
{
    private readonly List<CaseFact> _facts = [];
    private Decision<CaseFact> _last;
    private LegalClock _clock = LegalClock.Zone;

    public Case? Maybe { get; private set; }
    public Case Case => Maybe!;
    public IReadOnlyList<CaseFact> Facts => _facts;
    public DateTimeOffset Now { get; private set; } = China.At("2020-07-01 10:00");

    /// <summary>A case of the item, submitted by an agency with these materials.</summary>
    public static CaseSpec Submitted(Item item, params IEnumerable<string> materials) =>
        new CaseSpec().Given(Samples.Submission(item, materials));

    /// <summary>The plain item's case, complete and accepted.</summary>
    public static CaseSpec Accepted() =>
        Submitted(Samples.Plain, "form", "lease").Given(Samples.Acceptance(Department.MarketRegulation));

    /// <summary>The joint item's case, complete, accepted and with its licence granted: seals and invoices are open.</summary>
    public static CaseSpec Licensed(Item? joint = null) => Submitted(joint ?? Samples.Joint, "form", "seal-order", "tax-form").Given(
        Samples.Acceptance(Department.MarketRegulation), Samples.Grant(Department.MarketRegulation, "licence"));

    public CaseSpec At(string local) => At(China.At(local));

    public CaseSpec At(DateTimeOffset now)
    {
        Now = now;
        return this;
    }

    /// <summary>From now on by this clock.</summary>
    public CaseSpec Under(LegalClock clock)
    {
        _clock = clock;
        return this;
    }

    /// <summary>Commands that have to succeed, being only the way to what is tested.</summary>
    public CaseSpec Given(params IEnumerable<Asked> commands)
    {
        foreach (var command in commands)
        {
            When(command);
            Assert.True(_last.Refused is null, $"{command.Command.GetType().Name}: {_last.Refused?.Code}");
        }
        return this;
    }

    public CaseSpec When(Asked command)
    {
        _last = Case.Decide(Maybe, command.Command, command.At(Now) with { Clock = _clock });
        foreach (var fact in _last.Facts)
        {
            _facts.Add(fact);
            Maybe = Case.Evolve(Maybe, fact);
        }
        return this;
    }

    /// <summary>A fact that a release before stored, and no command leads to any more.</summary>
    public CaseSpec Recorded(Func<Case, CaseFact> stored)
    {
        _facts.Add(stored(Case));
        Maybe = Case.Evolve(Maybe, _facts[^1]);
        return this;
    }

    /// <summary>Nobody asks anything, but time passes: what the sweep records.</summary>
    public CaseSpec Passed()
    {
        _last = Decision<CaseFact>.Of(Case.Lapse(_clock, Now));
        foreach (var fact in _last.Facts)
            Recorded(_ => fact);
        return this;
    }

    /// <summary>Whether the last command was refused.</summary>
    public Refusal? Refused => _last.Refused;

    /// <summary>Exactly these kinds of facts followed, in this order.</summary>
    public CaseSpec Then(params IEnumerable<Type> kinds)
    {
        Assert.Null(_last.Refused?.Code);
        Assert.Equal(kinds.Select(k => k.Name), _last.Facts.Select(f => f.GetType().Name));
        return this;
    }

    /// <summary>Exactly one fact followed, of this kind.</summary>
    public T Then<T>() where T : CaseFact
    {
        Assert.Null(_last.Refused?.Code);
        return Assert.IsType<T>(Assert.Single(_last.Facts));
    }

    /// <summary>The only fact of its kind that followed.</summary>
    public T Fact<T>() where T : CaseFact => Assert.Single(_last.Facts.OfType<T>());

    /// <summary>It had already taken effect: no refusal, no facts.</summary>
    public CaseSpec ThenNothing() => Then();

    public CaseSpec ThenRefused(Refusal expected, params IEnumerable<string> pointers)
    {
        Assert.Equal(expected.Code, _last.Refused?.Code);
        Assert.Equal(pointers, _last.Refused!.Fields.Select(f => f.Pointer));
        Assert.Empty(_last.Facts);
        return this;
    }

    public StepState Step(string code) => Case.Step(code)!;

    /// <summary>Codes of the steps that stand there, in the procedure's order.</summary>
    public IEnumerable<string> StepsThat(StepStatus status) => Case.Steps.Where(s => s.Status == status).Select(s => s.Code);
}
