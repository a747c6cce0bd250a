using OneDoor.Clock;

namespace OneDoor.Licences;

/// <summary>Of which facts of a licence its holders are told, and in which words.</summary>
public static class LicenceNotifications
{
    /// <summary>What its holders are told of a fact; null for what they did themselves, or hear of otherwise.</summary>
    /// <param name="licence">The licence, the fact included.</param>
    /// <param name="fact">What has happened.</param>
    public static Notification? Of(Licence licence, LicenceFact fact)
    {
        // SIGHT-1: of what is confidential nothing goes out.
        if (licence.Confidential || Told(fact) is not var (title, more))
            return null;
        var (kind, number) = (licence.Kind.Name, licence.Number);
        return new([.. licence.HolderKeys.Select(key => new Way.AsApplicant(key))], title, new($"{kind.Zh}（{number}）：{more.Zh}", $"{kind.En} ({number}): {more.En}"))
        {
            IsAct = fact is LicenceSuspended or LicenceAnnulmentNoticed or LicenceHearingCalled or LicenceDecisionExtended or LicenceNoticeWithdrawn or LicenceRevoked or LicenceCancelled or LicenceReplaced { Grounds: not null },
        };
    }

    private static (Text Title, Text More)? Told(LicenceFact fact) => fact switch
    {
        LicenceExpiring f => (new("证照即将届满", "A licence ends soon"), new(
            $"有效期至{WrittenDay.Of(f.ValidUntil).Zh}，需要延续的，请及时申请。", $"it is valid until {WrittenDay.Of(f.ValidUntil).En}: who wants it renewed asks in time.")),
        LicenceExpired { KeepsNotice: true } => (new("证照已届满", "A licence has ended"), new("有效期已届满；已告知的拟撤销，仍将作出决定。", "its term is over; whether it is annulled, as its holder was told, is still decided.")),
        LicenceExpired => (new("证照已届满", "A licence has ended"), new("有效期已届满。", "its term is over.")),
        LicenceSuspended { Until: { } until } => (new("证照已暂扣", "A licence is suspended"), new(
            $"暂扣至{WrittenDay.Of(until).Zh}，理由和救济途径见证照。", $"it is suspended until {WrittenDay.Of(until).En}; why, and what can be done, is said there.")),
        LicenceSuspended => (new("证照已暂扣", "A licence is suspended"), new("已暂扣，理由和救济途径见证照。", "it is suspended; why, and what can be done, is said there.")),
        LicenceReinstated => (new("证照已恢复", "A licence may be used again"), new("可以继续使用。", "it may be used again.")),
        LicenceAnnulmentNoticed f => (new($"拟{LicenceDrafts.Verb(f.Notice.Ground)}证照", "A licence is to be revoked"), new(
            $"拟{LicenceDrafts.Verb(f.Notice.Ground)}，可以在{WrittenDay.Of(f.Notice.SpeakBy).Zh}前（含当日）陈述、申辩和要求听证。", $"it is to be revoked: its holder may speak and ask for a hearing until {WrittenDay.Of(f.Notice.SpeakBy).En}.")),
        LicenceHearingCalled f => (new("将举行听证", "There will be a hearing"), new(
            $"定于{WrittenDay.Of(f.HeldOn).Zh}举行听证，地点见证照。", $"a hearing is held on {WrittenDay.Of(f.HeldOn).En}; where, is said there.")),
        LicenceDecisionExtended f => (new("决定期限延长", "There is more time to decide"), new(
            $"最迟于{WrittenDay.Of(f.DecideBy).Zh}决定，理由见证照。", $"whether it is revoked is decided by {WrittenDay.Of(f.DecideBy).En}; why, is said there.")),
        LicenceNoticeWithdrawn => (new("告知已撤回", "A notice is withdrawn"), new(
            "拟撤销、撤回或者吊销的告知已撤回，理由见证照的历史。", "it is not revoked for what its holder was told; why, is said in its history.")),
        LicenceRevoked f => (new($"证照已{LicenceDrafts.Verb(f.Ground)}", "A licence is revoked"), new($"已{LicenceDrafts.Verb(f.Ground)}，理由和救济途径见证照。", "it is revoked; why, and what can be done, is said there.")),
        LicenceReplaced { HolderName: not null } f => (new("证照已更正换发", "A licence is replaced by a corrected one"), new(
            $"持证人名称已更正，已换发为{f.ReplacedBy}，原证照不再有效。", $"its holder's name is corrected: {f.ReplacedBy} is in its place; the former one is not valid any more.")),
        LicenceReplaced f => (new("证照已换发", "A licence is replaced"), new($"已换发为{f.ReplacedBy}，原证照不再有效。", $"{f.ReplacedBy} is in its place; the former one is not valid any more.")),
        // Without grounds, its holder asked.
        LicenceCancelled { Grounds: not null } => (new("证照已注销", "A licence is cancelled"), new("已注销，理由和救济途径见证照。", "it is cancelled; why, and what can be done, is said there.")),
        _ => null,
    };
}
