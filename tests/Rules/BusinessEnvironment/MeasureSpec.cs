using OneDoor.Clock;
using Xunit;

namespace OneDoor.BusinessEnvironment;

/// <summary>A measure that market regulation owns and the service office reviews, due on the 30th of June 2020.</summary>
internal sealed class MeasureSpec
{
    public const string Code = "government-1";

    public static readonly Actor Owner = new("onedoor-desk", "p_owner", Department.MarketRegulation), Reviewer = new("onedoor-desk", "p_reviewer", Department.ServiceOffice, IsSupervisor: true);

    public static readonly MeasureEvidence Shown = new("2020年5月月报", "https://example.com/2020-05");

    public DateTimeOffset Now { get; private set; } = China.At("2020-05-06 09:00");
    public Measure State { get; private set; } = Measure.None(2020, Code)!;
    public Refusal? Refused { get; private set; }

    public MeasureSpec UnderWay() => Do(new ReportMeasureProgress(40, "已开设一窗。"), Owner);

    public MeasureSpec Submitted() => Do(new ReportMeasureProgress(100, "2.5小时办结。", [Shown]), Owner);

    public MeasureSpec Done() => Submitted().Do(new ConfirmMeasure("抽查二十家。"), Reviewer);

    public MeasureSpec Do(MeasureCommand command, Actor by)
    {
        var decision = State.Decide(command, new Asking(by, LegalClock.Zone, Now));
        Refused = decision.Refused;
        State = decision.Facts.Aggregate(State, Measure.Evolve);
        return this;
    }

    public MeasureSpec At(string later)
    {
        Now = China.At(later);
        return this;
    }

    public void ThenRefused(Refusal expected, params IEnumerable<string> pointers)
    {
        Assert.Equal(expected.Code, Refused?.Code);
        Assert.Equal(pointers, Refused!.Fields.Select(f => f.Pointer));
    }
}
