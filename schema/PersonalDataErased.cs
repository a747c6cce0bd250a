namespace OneDoor;

/// <summary>The personal data of a thing has been erased. Its own facts stay as they are, so that this one has a stream of its own.</summary>
/// <param name="Thing">Whose.</param>
/// <param name="At">When.</param>
[Alias("personal_data_erased")]
public sealed record PersonalDataErased(Guid Thing, DateTimeOffset At)
{
    /// <summary>The stream of the erasures of a thing.</summary>
    public static Guid StreamOf(Guid thing) => Sha256Digest.IdOf($"erasure:{thing}");
}
