using System.ComponentModel.DataAnnotations;

namespace OneDoor.Files;

/// <summary>Section <c>Files</c>: how much one may upload, and how long what nothing carries is kept.</summary>
public sealed record UploadOptions
{
    /// <summary>Files that a person uploads within 24 hours, those that are given up or refused included.</summary>
    [Range(1, 1_000_000)]
    public int PerDay { get; init; } = 200;

    /// <summary>Bytes that a person uploads within 24 hours, those of what is given up or refused included.</summary>
    [Range(1, long.MaxValue)]
    public long BytesPerDay { get; init; } = 500_000_000;

    /// <summary>Bytes of a person's that nothing carries yet.</summary>
    [Range(1, long.MaxValue)]
    public long UnattachedBytes { get; init; } = 200_000_000;

    /// <summary>A department's system, which hands in for many, may have so many times as much of each.</summary>
    [Range(1, 1_000_000)]
    public int OfSystems { get; init; } = 100;

    /// <summary>Hours after which what nothing carries is dropped.</summary>
    [Range(1, 8760)]
    public int KeepHours { get; init; } = 48;
}

/// <summary>What somebody has uploaded.</summary>
/// <param name="Today">Files begun within 24 hours, whatever became of them.</param>
/// <param name="BytesToday">Their bytes, those still to come included.</param>
/// <param name="Unattached">Bytes that nothing carries.</param>
public sealed record Uploaded(long Today, long BytesToday, long Unattached)
{
    /// <summary>Why so many bytes more are not taken; null where they are.</summary>
    public Refusal? Refused(long more, Actor by, UploadOptions allowed)
    {
        var times = by is { Department: not null, Role: ActorRole.System } ? allowed.OfSystems : 1;
        return Today + 1 > (long)allowed.PerDay * times || BytesToday + more > allowed.BytesPerDay * times ? FileRefusals.TooManyToday
            : Unattached + more > allowed.UnattachedBytes * times ? FileRefusals.TooMuchUnattached
            : null;
    }
}
