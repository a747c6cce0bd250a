using OneDoor.Cases;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Licences.LicenceSpec;

namespace OneDoor.Licences;

/// <summary>LIC-1, LIC-3, LIC-6: a licence ends by facts only, each way of ending by its own procedure.</summary>
public class LicencesEnd
{
    [Fact] // LIC-1
    public void A_licence_expires_at_the_midnight_after_its_last_day_and_once()
    {
        var spec = new LicenceSpec(China.Day("2025-06-30"));

        Assert.Equal(LicenceStatus.Valid, spec.At("2025-06-30 23:59:59").StatusNow);
        Assert.Equal(LicenceStatus.Expired, spec.At("2025-07-01 00:00").StatusNow);
        Assert.Equal(new LicenceExpired(China.At("2025-07-01 00:00").ToUniversalTime()), spec.Licence.Lapse(spec.At("2026-01-01 00:00").Now)[^1]);
        Assert.Equal(spec.Licence.Version, spec.Licence.At(spec.Now).Version);
        Assert.Empty(spec.Licence.Lapse(spec.Now).Aggregate(spec.Licence, Licence.Evolve).Lapse(China.At("2099-01-01 00:00")));
        Assert.Null(new LicenceSpec().Licence.DueAt);
    }

    [Fact] // LIC-6: 暂扣 for a time ends by itself, and no later than the term
    public void A_suspension_ends_with_its_last_day_or_when_somebody_ends_it()
    {
        var spec = new LicenceSpec(China.Day("2020-12-31")).Given(Issuer, Suspension("2020-07-31"));

        Assert.Equal(LicenceStatus.Suspended, spec.At("2020-07-31 23:59:59").StatusNow);
        Assert.Equal(LicenceStatus.Valid, spec.At("2020-08-01 00:00").StatusNow);
        spec.When(Issuer, Suspension()).Then(typeof(LicenceReinstated), typeof(LicenceSuspended));
        Assert.Null(spec.Facts[^2].By);
        spec.When(Supervises, new ReinstateLicence()).Then<LicenceReinstated>();
        Assert.Null(spec.Licence.Grounds);
        spec.When(Issuer, Suspension("2101-01-01")).ThenRefused(LicenceRefusals.UntilInvalid, "/until");
        new LicenceSpec().When(Issuer, Suspension("9999-12-31")).ThenRefused(LicenceRefusals.UntilInvalid, "/until");
        spec.Given(Issuer, Suspension());
        Assert.Equal(LicenceStatus.Expired, spec.At("2021-01-01 00:00").StatusNow);

        var whole = new LicenceSpec(China.Day("2020-07-31")).Given(Issuer, Suspension("2020-07-31")).At("2020-08-01 00:00");
        Assert.Equal([typeof(LicenceExpired)], whole.Licence.Lapse(whole.Now).Select(f => f.GetType()));
    }

    [Fact] // LIC-6: 暂扣 is a penalty or a measure that a law names: its basis is chosen from the item's list, and stays with the licence that takes its place
    public void A_suspension_rests_on_what_the_items_list_names()
    {
        var spec = new LicenceSpec().When(Issuer, Suspension() with { LegalBasis = Withholding.LegalBasis }).ThenRefused(LicenceRefusals.BasisNotListed, "/legalBasis");
        Assert.Contains("withholding-penalty（暂扣许可证件，《行政处罚法》第九条第（三）项）", spec.Refused!.Detail!.Zh, StringComparison.Ordinal);
        spec.When(Issuer, Suspension() with { LegalBasis = null }).ThenRefused(LicenceRefusals.BasisNotListed, "/legalBasis");
        Assert.Contains("names no law", new LicenceSpec { Bases = [] }.When(Issuer, Suspension()).ThenRefused(LicenceRefusals.BasisNotListed, "/legalBasis").Refused!.Detail!.En, StringComparison.Ordinal);

        var suspended = spec.When(Issuer, Suspension()).Then<LicenceSuspended>();
        Assert.Equal((Withholding, Withholding.LegalBasis), (suspended.Basis, suspended.Grounds.LegalBasis));
        Assert.Equal(Withholding, Assert.IsType<LicenceSuspended>(Assert.Single(spec.Licence.StaysWith((LicenceIssued)new LicenceSpec().Facts[0]))).Basis);
        Assert.Null(spec.Given(Issuer, new ReinstateLicence()).Licence.SuspensionBasis);
    }

    [Fact] // LIC-6, MODE-4: five working days to speak, the day of the notice not counted; both ends to the day
    public void Nobody_loses_a_licence_before_they_had_their_time_to_speak()
    {
        var spec = new LicenceSpec().When(Issuer, Notice());

        Assert.Equal((China.Day("2020-07-08"), China.Day("2020-09-23")), (spec.Then<LicenceAnnulmentNoticed>().Notice.SpeakBy, spec.Licence.Notice!.DecideBy));
        spec.At("2020-07-08 23:59:59").When(Head, Revocation()).ThenRefused(LicenceRefusals.TooEarly);
        spec.At("2020-09-24 00:00").When(Head, Revocation()).ThenRefused(LicenceRefusals.NoticeOutdated);
        spec.At("2020-09-23 23:59:59").When(Head, Revocation()).Then<LicenceRevoked>();
        Assert.Equal((LicenceStatus.Revoked, RevocationGround.Annulled), (spec.StatusNow, spec.Licence.Ground));
        Assert.Equal(LicenceStatus.Revoked, Revoked().StatusNow);
    }

    [Fact] // CRED-1, MODE-2: an annulment says whether its holder broke their word; what the authority did wrong is none of it
    public void Only_what_says_so_is_annulled_for_a_breach()
    {
        static bool? BreachOf(LicenceSpec spec, AnnounceRevocation notice) =>
            spec.Given(Issuer, notice).At("2020-07-09 09:00").When(Head, Revocation(notice.Ground)).Then<LicenceRevoked>().Breach;

        Assert.Null(BreachOf(new(), Notice()));
        Assert.True(BreachOf(new() { IsInBreach = true }, Notice() with { Breach = true }));
        Assert.True(BreachOf(new(), Notice() with { Deceit = true }));
        // What supervision found, and nobody put right.
        Assert.True(BreachOf(new() { IsInBreach = true }, Notice()));
        Assert.Null(BreachOf(new() { IsInBreach = true }, Notice(RevocationGround.Recalled)));
        // Of something else than that; deceit is one whatever is said besides.
        Assert.Null(BreachOf(new() { IsInBreach = true }, Notice() with { Breach = false }));
        Assert.True(BreachOf(new(), Notice() with { Breach = false, Deceit = true }));
        new LicenceSpec().When(Issuer, Notice(RevocationGround.Penalty) with { Breach = true }).ThenRefused(LicenceRefusals.DeceitMisplaced, "/breach");
    }

    [Fact] // LIC-6
    public void What_was_noticed_is_what_is_decided()
    {
        var spec = new LicenceSpec().Given(Issuer, Notice(RevocationGround.Recalled)).At("2020-07-09 09:00");

        spec.When(Head, Revocation(RevocationGround.Penalty)).ThenRefused(LicenceRefusals.NoticeMissing, "/ground");
        spec.When(Head, Revocation(RevocationGround.Recalled)).Then<LicenceRevoked>();
        new LicenceSpec().When(Head, Revocation()).ThenRefused(LicenceRefusals.NoticeMissing, "/ground");
        // Told once more of the same, its holder has no other time to speak; of something else they are told when that is decided.
        new LicenceSpec().Given(Issuer, Notice()).At("2020-07-09 09:00").When(Issuer, Notice()).Then().When(Head, Revocation()).Then<LicenceRevoked>();
        foreach (var other in new[] { Notice(RevocationGround.Penalty), Notice() with { Facts = "另一情形" }, Notice() with { Deceit = true } })
            new LicenceSpec().Given(Issuer, Notice()).When(Issuer, other).ThenRefused(LicenceRefusals.NotInThisState);
    }

    [Fact] // MODE-4: sixty working days from finding out, to the day, and no notice begins them anew
    public void What_is_found_is_decided_about_in_its_time_however_often_its_holder_is_told()
    {
        var spec = new LicenceSpec { FoundAt = China.At("2020-07-02 09:00") }.At("2020-08-03 09:00").Given(Issuer, Notice());
        Assert.Equal((China.Day("2020-08-10"), China.Day("2020-09-24"), China.Day("2020-07-02")), (spec.Licence.Notice!.SpeakBy, spec.Licence.Notice.DecideBy, spec.Licence.Notice.FoundOn));
        spec.At("2020-09-25 00:00").When(Issuer, Notice()).ThenRefused(LicenceRefusals.NoticeOutdated);
        spec.At("2020-09-24 23:59").When(Head, Revocation()).Then<LicenceRevoked>();

        // Nor of what nobody looked into: it was found when its holder was first told. What is found besides has its own time.
        var told = new LicenceSpec().Given(Issuer, Notice()).At("2020-09-24 00:00");
        told.When(Issuer, Notice()).ThenRefused(LicenceRefusals.NoticeOutdated);
        Assert.Equal(China.Day("2020-09-24"), told.When(Issuer, Notice() with { Facts = "另一情形" }).Then<LicenceAnnulmentNoticed>().Notice.FoundOn);
        // A penalty, a recall and deceit are for something else than what was ordered to be put right.
        foreach (var other in new[] { Notice(RevocationGround.Penalty), Notice(RevocationGround.Recalled), Notice() with { Deceit = true } })
            Assert.Equal(China.Day("2020-09-23"), new LicenceSpec { FoundAt = China.At("2020-06-01 09:00") }.When(Issuer, other).Then<LicenceAnnulmentNoticed>().Notice.DecideBy);
    }

    [Theory] // LIC-1, LIC-6: of what was lawful nobody says that it was annulled
    [InlineData(RevocationGround.Annulled, "已撤销")]
    [InlineData(RevocationGround.Recalled, "已撤回")]
    [InlineData(RevocationGround.Penalty, "已吊销")]
    public void What_is_revoked_is_called_by_what_it_was_revoked_as(RevocationGround ground, string called) =>
        Assert.Equal(called, new LicenceSpec().Given(Issuer, Notice(ground)).At("2020-07-09 09:00").Given(Head, Revocation(ground)).Licence.Standing.Zh);

    [Fact] // MODE-4: finding, order, not put right, notice
    public void No_notice_is_for_a_breach_while_it_may_be_put_right()
    {
        static LicenceSpec Ordered() => new() { IsBeingPutRight = true };
        foreach (var early in new[] { Notice(), Notice() with { Breach = true } })
            Ordered().When(Issuer, early).ThenRefused(LicenceRefusals.BeingPutRight);
        foreach (var other in new[] { Notice() with { Breach = false }, Notice() with { Deceit = true }, Notice(RevocationGround.Recalled), Notice(RevocationGround.Penalty) })
            Ordered().When(Issuer, other).Then<LicenceAnnulmentNoticed>();
        // Nor while nobody has found one: what says so is deceit, or waits for what supervision records.
        var unfound = new LicenceSpec().When(Issuer, Notice() with { Breach = true }).ThenRefused(LicenceRefusals.BreachNotFound, "/breach").Refused!;
        Assert.Contains("责令限期整改", unfound.Detail!.Zh, StringComparison.Ordinal);
        new LicenceSpec().When(Issuer, Notice() with { Breach = true, Deceit = true }).Then<LicenceAnnulmentNoticed>();
        // Nor is one decided that was given before the finding and may be for it.
        foreach (var (told, waits) in new[] { (Notice(), true), (Notice() with { Breach = false }, false), (Notice() with { Deceit = true }, false), (Notice(RevocationGround.Penalty), false) })
        {
            var noticed = new LicenceSpec().Given(Issuer, told).At("2020-07-09 09:00");
            noticed.Breaches = [new(Guid.Empty, noticed.Now, IsBeingPutRight: true)];
            Assert.Equal(waits ? LicenceRefusals.BeingPutRight.Code : null, noticed.When(Head, Revocation(told.Ground)).Refused?.Code);
        }
        // One that was not put right waits for no other.
        new LicenceSpec { IsInBreach = true, IsBeingPutRight = true }.When(Issuer, Notice() with { Breach = true }).Then<LicenceAnnulmentNoticed>();
    }

    [Fact] // MODE-4
    public void What_was_found_long_ago_makes_nothing_else_too_late()
    {
        var spec = new LicenceSpec { FoundAt = China.At("2019-07-01 09:00") };
        Assert.Contains("breach: false", spec.When(Issuer, Notice()).ThenRefused(LicenceRefusals.NoticeOutdated).Refused!.Detail!.En, StringComparison.Ordinal);
        Assert.Equal((China.Day("2020-07-01"), false), spec.When(Issuer, Notice() with { Breach = false }).Then<LicenceAnnulmentNoticed>().Notice is var told ? (told.FoundOn, told.Breach) : default);
        // Of two it is the last one, whichever order they come in, and not what still may be put right.
        FoundBreach old = new(Guid.Empty, China.At("2019-07-01 09:00"), IsBeingPutRight: false), late = old with { At = China.At("2020-06-30 09:00") }, open = old with { At = China.At("2020-07-01 09:00"), IsBeingPutRight = true };
        foreach (var breaches in new FoundBreach[][] { [old, late], [late, old, open] })
            Assert.Equal(China.Day("2020-06-30"), new LicenceSpec { Breaches = breaches }.When(Issuer, Notice() with { Breach = true }).Then<LicenceAnnulmentNoticed>().Notice.FoundOn);
    }

    [Fact] // MODE-4
    public void What_is_only_written_differently_is_told_once_and_has_one_time()
    {
        var written = Notice() with { Facts = " 以欺骗手段，取得许可。", LegalBasis = "行政许可法 第六十九条 第二款" };
        var spec = new LicenceSpec().Given(Issuer, Notice());

        spec.When(Issuer, written).Then();
        spec.At("2020-09-24 00:00").When(Issuer, written).ThenRefused(LicenceRefusals.NoticeOutdated);
    }

    [Fact] // MODE-4
    public void Neither_a_notice_in_between_nor_a_copy_begins_the_time_anew()
    {
        var (first, between, withdrawn) = (Notice(), Notice() with { Facts = "另一情形" }, new WithdrawNotice("材料属实"));
        var spec = new LicenceSpec().Given(Issuer, first).At("2020-07-20 09:00").Given(Head, withdrawn).Given(Issuer, between).Given(Head, withdrawn);
        var again = spec.At("2020-08-03 09:00").When(Issuer, first).Then<LicenceAnnulmentNoticed>().Notice;
        Assert.Equal((China.Day("2020-07-01"), China.Day("2020-09-23")), (again.FoundOn, again.DecideBy));
        // What ran out is known of whatever takes its place.
        var copied = new LicenceSpec().Given(Issuer, first).At("2020-09-24 00:00").Given(Issuer, Replacement);
        new LicenceSpec { ToldBefore = copied.Licence.FormerNotices! }.At("2020-09-24 09:00").When(Issuer, first).ThenRefused(LicenceRefusals.NoticeOutdated).When(Issuer, between).Then<LicenceAnnulmentNoticed>();
    }

    [Fact] // MODE-4, BAR-1, 行政许可法 arts. 69, 79: nobody escapes what follows from an annulment by the end of their term
    public void What_was_to_be_annulled_when_its_term_ended_is_decided_all_the_same()
    {
        static LicenceSpec Ended(AnnounceRevocation notice) => new LicenceSpec(China.Day("2020-07-08")).Given(Issuer, notice).At("2020-07-09 00:00");
        var spec = Ended(Notice() with { Deceit = true });
        Assert.Equal((LicenceStatus.Expired, true, null), spec.Licence.At(spec.Now) is var now ? (now.Status, now.IsToBeRevoked(spec.Now), now.WakeAt) : default);
        foreach (var other in new LicenceCommand[] { Suspension(), Replacement, Notice() with { Facts = "另一情形" } })
            spec.When(Issuer, other).ThenRefused(LicenceRefusals.NotInThisState);
        spec.When(Issuer, Cancellation).ThenRefused(LicenceRefusals.NoticeOpen).When(Holder, new CancelLicence()).ThenRefused(LicenceRefusals.NoticeOpen);
        spec.When(Head, Revocation()).Then(typeof(LicenceExpired), typeof(LicenceRevoked));
        Assert.Equal((LicenceStatus.Revoked, true, null), (spec.StatusNow, ((LicenceRevoked)spec.Facts[^1]).Breach, spec.Licence.Notice));

        // Not for longer than it could be decided, and of what was withdrawn nothing is left.
        Ended(Notice()).At("2020-09-24 00:00").When(Head, Revocation()).ThenRefused(LicenceRefusals.NoticeOutdated).When(Issuer, Cancellation).Then(typeof(LicenceExpired), typeof(LicenceCancelled));
        Ended(Notice()).Given(Head, new WithdrawNotice("材料属实")).When(Head, Revocation()).ThenRefused(LicenceRefusals.NotInThisState);
        // A recall or a penalty ends what is to come, and that is over; as was what nobody decided in time.
        foreach (var ground in new[] { RevocationGround.Recalled, RevocationGround.Penalty })
            Ended(Notice(ground)).When(Head, Revocation(ground)).ThenRefused(LicenceRefusals.NotInThisState);
        new LicenceSpec(China.Day("2020-09-23")).Given(Issuer, Notice()).At("2020-09-24 00:00").When(Head, Revocation()).ThenRefused(LicenceRefusals.NotInThisState);
    }

    [Fact] // MODE-4: nothing is revoked by a timer
    public void A_notice_alone_ends_nothing()
    {
        var spec = new LicenceSpec().Given(Issuer, Notice()).At("2099-01-01 00:00");

        Assert.Empty(spec.Licence.Lapse(spec.Now));
        spec.When(Holder, new CancelLicence()).Then<LicenceCancelled>();
    }

    [Fact] // LIC-6: cancellation follows annulment, recall, penalty and expiry; its ground stays
    public void Whatever_has_ended_is_struck_from_the_register_by_who_issued_it()
    {
        var revoked = Revoked().Given(Issuer, Cancellation);
        Assert.Equal((LicenceStatus.Cancelled, RevocationGround.Annulled), (revoked.StatusNow, revoked.Licence.Ground));
        new LicenceSpec(China.Day("2020-07-31")).At("2020-08-01 00:00").When(Issuer, Cancellation).Then(typeof(LicenceExpired), typeof(LicenceCancelled));
        Assert.Empty(revoked.When(Issuer, Cancellation).Then().Refused?.Code ?? "");
        new LicenceSpec().When(Supervises, Cancellation).ThenRefused(LicenceRefusals.NotYourDepartment);
        // One whose token does not let it manage licences may not by that which lets a holder apply.
        new LicenceSpec().When(Reader, Cancellation).ThenRefused(LicenceRefusals.NotYourDepartment);
    }

    [Fact] // LIC-6
    public void A_holder_may_give_a_licence_back_without_saying_why()
    {
        var given = new LicenceSpec().When(Holder, new CancelLicence()).Then<LicenceCancelled>();
        Assert.Null(given.Grounds);

        string Why(LicenceSpec spec) => spec.When(Holder, new CancelLicence()).ThenRefused(LicenceRefusals.NoticeOpen).Refused!.Detail!.En;
        Assert.Equal("It is suspended, and not reinstated yet.", Why(new LicenceSpec().Given(Issuer, Suspension())));
        Assert.Equal("It is suspended until 2020-08-01, that day included.", Why(new LicenceSpec().Given(Issuer, Suspension("2020-08-01"))));
        Assert.StartsWith("Its revocation was announced, and is to be decided by ", Why(new LicenceSpec().Given(Issuer, Notice())), StringComparison.Ordinal);
        Assert.StartsWith("Supervision found a breach", Why(new LicenceSpec { IsInBreach = true }), StringComparison.Ordinal);
        Assert.Equal("A breach is being put right.", Why(new LicenceSpec { IsBeingPutRight = true }));
        // Nor by its department, once it has given notice: whether it is annulled is decided first.
        new LicenceSpec().Given(Issuer, Notice()).When(Issuer, Cancellation).ThenRefused(LicenceRefusals.NoticeOpen);
        new LicenceSpec { IsInBreach = true }.When(Issuer, Cancellation).Then<LicenceCancelled>();
        new LicenceSpec(null, Samples.Seller, Samples.Buyer).When(Holder, new CancelLicence()).ThenRefused(LicenceRefusals.HeldJointly);
        new LicenceSpec().When(Samples.SellerSignedIn, new CancelLicence()).ThenRefused(LicenceRefusals.NotYourDepartment);
    }

    [Fact] // LIC-3: a name that the authority wrote wrong is mended by its own decision; what has changed is applied for
    public void A_replacement_corrects_the_holders_name_and_nothing_else()
    {
        var spec = new LicenceSpec();
        var next = Licence.Evolve(null, spec.Licence.Successor(spec.When(Issuer, Replacement with { HolderName = "李雷" }).Then<LicenceReplaced>()));
        Assert.Equal((Samples.Buyer with { Name = "李雷" }, spec.Licence.HolderKeys[0], Samples.Buyer.Name), (Assert.Single(next.Holders), next.HolderKeys[0], spec.Licence.Holders[0].Name));
        Assert.Contains("持证人名称更正为“李雷”，", LicenceDrafts.Of(spec.Licence, spec.Facts[^1])!.Paragraphs[0], StringComparison.Ordinal);

        foreach (var name in new[] { "", new string('名', 201), Samples.Buyer.Name })
            new LicenceSpec().When(Issuer, Replacement with { HolderName = name }).ThenRefused(LicenceRefusals.CorrectionInvalid, "/holderName");
        new LicenceSpec(null, Samples.Seller, Samples.Buyer).When(Issuer, Replacement with { HolderName = "李雷" }).ThenRefused(LicenceRefusals.CorrectionInvalid, "/holderName");
    }

    [Fact] // LIC-1
    public void A_replaced_licence_names_the_next_and_the_next_names_it()
    {
        var spec = new LicenceSpec(China.Day("2025-06-30")).At("2021-03-01 09:00");
        var fact = spec.When(Issuer, Replacement).Then<LicenceReplaced>();
        var next = Licence.Evolve(null, Licence.Decide(new LicenceSpec(China.Day("2025-06-30")).Licence, Replacement, new(Issuer, LegalClock.Zone, spec.Now)).Facts is [LicenceReplaced f] ? spec.Licence.Successor(f) : null!);

        Assert.Equal((LicenceStatus.Replaced, $"{Number}-R1"), (spec.StatusNow, spec.Licence.ReplacedBy));
        Assert.Equal(($"{Number}-R1", Number, China.Day("2021-03-01"), China.Day("2025-06-30"), LicenceStatus.Valid), (next.Number, next.Replaces, next.ValidFrom, next.ValidUntil, next.Status));
        Assert.Equal(fact.ReplacedBy, next.Number);
        Assert.Equal($"{Number}-R2", Assert.IsType<LicenceReplaced>(Assert.Single(Licence.Decide(next, Replacement, new(Issuer, LegalClock.Zone, spec.Now)).Facts)).ReplacedBy);
        spec.When(Issuer, Cancellation).ThenRefused(LicenceRefusals.NotInThisState);
    }

    [Fact] // REM-1
    public void Every_act_against_the_holder_says_what_can_be_done_against_it()
    {
        LicenceGrounds?[] grounds =
        [
            new LicenceSpec().Given(Supervises, Suspension()).Licence.Grounds, Revoked().Licence.Grounds,
            new LicenceSpec().Given(Issuer, Cancellation).Licence.Grounds, new LicenceSpec().Given(Issuer, Replacement).Licence.Grounds,
        ];

        Assert.Equal(
            [(RemedyAct.Suspension, Department.Customs), (RemedyAct.Revocation, Department.MarketRegulation), (RemedyAct.Cancellation, Department.MarketRegulation), (RemedyAct.Replacement, Department.MarketRegulation)],
            grounds.Select(g => (g!.Remedies[0].Act, DepartmentOf(g.Remedies[0]))));

        static Department DepartmentOf(Remedy remedy) => new[] { Department.Customs, Department.MarketRegulation }.First(d => Remedy.Against(remedy.Act, d) == remedy);
    }

    [Fact] // LIC-6: what is wrong with a request is told at once
    public void What_is_missing_is_told_at_once()
    {
        var spec = new LicenceSpec(China.Day("2020-12-31"));

        spec.When(Issuer, new SuspendLicence(" ", null, China.Day("2020-06-30"))).ThenRefused(LicenceRefusals.GroundsMissing, "/reason", "/legalBasis", "/until");
        spec.When(Issuer, Suspension("2021-01-01")).ThenRefused(LicenceRefusals.UntilInvalid, "/until");
        spec.When(Issuer, new AnnounceRevocation(null, null)).ThenRefused(LicenceRefusals.GroundsMissing, "/facts", "/legalBasis");
        spec.When(Head, new RevokeLicence(RevocationGround.Penalty, null, null)).ThenRefused(LicenceRefusals.GroundsMissing, "/reason", "/legalBasis");
        spec.When(Issuer, new CancelLicence()).ThenRefused(LicenceRefusals.GroundsMissing, "/reason", "/legalBasis");
        spec.When(Issuer, new ReplaceLicence(null, new string('法', 2001))).ThenRefused(LicenceRefusals.GroundsMissing, "/reason", "/legalBasis");
    }
}
