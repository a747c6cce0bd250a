using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;

namespace OneDoor.Licences;

/// <summary>
/// A licence, issued on the 1st of July 2020, a Wednesday, by the market regulator to a company and supervised by another department: given what
/// happened, when someone asks something, then facts follow or a refusal.
/// </summary>
internal sealed class LicenceSpec
{
    public const string Number = "TEST-ITEM-20200701-000001-1";
    public static readonly Actor Issuer = Samples.Clerk(Department.MarketRegulation), Supervises = Samples.Clerk(Department.Customs),
        Reader = Issuer with { Client = "reader" }, System = Issuer with { Subject = Issuer.Client }, Head = Samples.Supervisor(Department.MarketRegulation), Holder = Samples.Applicant;

    public static readonly SuspensionBasis Withholding = new("withholding-penalty", new("暂扣许可证件", "Licence withheld"), "《行政处罚法》第九条第（三）项", SuspensionKind.Penalty);

    private readonly List<LicenceFact> _facts = [];
    private Decision<LicenceFact> _last;

    public LicenceSpec(DateOnly? until = null, params IReadOnlyList<PersonOrEntity> holders)
    {
        Add(new LicenceIssued(
            Now, Issuer, Number, new("food-business-licence", new("食品经营许可证", "Food business licence")), holders is [] ? [Samples.Buyer] : holders, "TEST-ITEM", new("测试事项", "Test item"),
            Department.MarketRegulation, Department.Customs, new Guid(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), "review", LegalClock.DayOf(Now), until, LegalClock.DayOf(Now)));
    }

    public Licence Licence { get; private set; } = null!;
    public IReadOnlyList<LicenceFact> Facts => _facts;
    public DateTimeOffset Now { get; private set; } = China.At("2020-07-01 10:00");
    public LicenceStatus StatusNow => Licence.At(Now).Status;
    public Refusal? Refused => _last.Refused;
    public IReadOnlyList<FoundBreach> Breaches { get; set; } = [];
    public IReadOnlyList<AnnulmentNotice> ToldBefore { get; init; } = [];
    public IReadOnlyList<SuspensionBasis> Bases { get; init; } = [Withholding];
    public DateTimeOffset FoundAt { init => Breaches = [.. Breaches, new(Guid.Empty, value, IsBeingPutRight: false)]; }
    public bool IsInBreach { init => Breaches = value ? [.. Breaches, new(Guid.Empty, Now, IsBeingPutRight: false)] : Breaches; }
    public bool IsBeingPutRight { init => Breaches = value ? [.. Breaches, new(Guid.Empty, Now, IsBeingPutRight: true)] : Breaches; }

    public static SuspendLicence Suspension(string? until = null) => new("存放过期食品", Withholding.Code, until is null ? null : China.Day(until));

    public static AnnounceRevocation Notice(RevocationGround ground = RevocationGround.Annulled) => new("以欺骗手段取得许可", "《行政许可法》第六十九条第二款", ground);

    public static RevokeLicence Revocation(RevocationGround ground = RevocationGround.Annulled) => new(ground, "申请材料虚假", "《行政许可法》第六十九条第二款");

    public static CancelLicence Cancellation => new("有效期届满未延续", "《行政许可法》第七十条第（一）项");

    public static ReplaceLicence Replacement => new("住所记载有误", "《行政许可法》第四十九条");

    public static CallLicenceHearing Hearing(string on = "2020-07-10", string presider = "003") => new(China.Day(on), "空港政务服务大厅", new(presider, "赵敏"));

    public static CloseLicenceHearing Minutes(string on = "2020-07-10") => new("赵敏", China.Day(on), "持证人陈述了意见。") { Hearing = 1 };

    /// <summary>One that was revoked after its notice and its time.</summary>
    public static LicenceSpec Revoked() => new LicenceSpec().Given(Issuer, Notice()).At("2020-07-09 00:00").Given(Head, Revocation());

    public LicenceSpec At(string local)
    {
        Now = China.At(local);
        return this;
    }

    public LicenceSpec Given(Actor by, LicenceCommand command)
    {
        When(by, command);
        Assert.Null(_last.Refused?.Code);
        return this;
    }

    public LicenceSpec When(Actor by, LicenceCommand command)
    {
        _last = Licence.Decide(Licence, command, new LicenceAsking(by, LegalClock.Zone, Now) { MayManage = by != Reader, Breaches = Breaches, SuspensionBases = Bases, ToldBefore = ToldBefore });
        foreach (var fact in _last.Facts)
            Add(fact);
        return this;
    }

    /// <summary>Exactly these kinds of facts followed, in this order.</summary>
    public LicenceSpec Then(params IEnumerable<Type> kinds)
    {
        Assert.Null(_last.Refused?.Code);
        Assert.Equal(kinds.Select(k => k.Name), _last.Facts.Select(f => f.GetType().Name));
        return this;
    }

    public T Then<T>() where T : LicenceFact
    {
        Assert.Null(_last.Refused?.Code);
        return Assert.IsType<T>(Assert.Single(_last.Facts));
    }

    public LicenceSpec ThenRefused(Refusal expected, params IEnumerable<string> pointers)
    {
        Assert.Equal(expected.Code, _last.Refused?.Code);
        Assert.Equal(pointers, _last.Refused!.Fields.Select(f => f.Pointer));
        return this;
    }

    private void Add(LicenceFact fact)
    {
        _facts.Add(fact);
        Licence = Licence.Evolve(Licence, fact);
    }
}
