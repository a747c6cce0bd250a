namespace OneDoor.Identity.Keys;

/// <summary>Where a key is in its life. It follows from the clock alone; nothing has to happen for it to move on.</summary>
public enum KeyPhase
{
    /// <summary>In the JWKS, does not sign yet.</summary>
    Published,

    /// <summary>Signs.</summary>
    Active,

    /// <summary>No longer signs; in the JWKS while a token it signed can be valid.</summary>
    Retired,

    /// <summary>Every token it signed has expired.</summary>
    Removed,
}

/// <summary>The life of keys as pure rules over their dates.</summary>
public sealed class KeySchedule(IEnumerable<ScheduledKey> keys, TimeSpan retiredFor)
{
    private readonly List<ScheduledKey> _keys = [.. keys.OrderBy(k => k.SignsFrom).ThenBy(k => k.Kid, StringComparer.Ordinal)];

    /// <summary>The key that signs at an instant: the latest whose time has come.</summary>
    public ScheduledKey? ActiveAt(DateTimeOffset now) => _keys.LastOrDefault(k => k.SignsFrom <= now);

    /// <summary>The key published to follow, if there is one.</summary>
    public ScheduledKey? NextAfter(DateTimeOffset now) => _keys.Find(k => k.SignsFrom > now);

    public KeyPhase PhaseOf(ScheduledKey key, DateTimeOffset now)
    {
        if (key.SignsFrom > now)
            return KeyPhase.Published;
        var successor = _keys.ElementAtOrDefault(_keys.IndexOf(key) + 1);
        if (successor is null || successor.SignsFrom > now)
            return KeyPhase.Active;
        return now < successor.SignsFrom + retiredFor ? KeyPhase.Retired : KeyPhase.Removed;
    }

    /// <summary>The keys of the JWKS.</summary>
    public IEnumerable<ScheduledKey> VisibleAt(DateTimeOffset now) => _keys.Where(k => PhaseOf(k, now) != KeyPhase.Removed);

    /// <summary>Whether it is time to publish the next key.</summary>
    public bool NextIsDue(DateTimeOffset now, KeysOptions options) =>
        ActiveAt(now) is not { } active || (NextAfter(now) is null && active.SignsFrom + options.RotateEvery - options.PublishAhead <= now);
}
