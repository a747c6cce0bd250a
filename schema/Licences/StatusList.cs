namespace OneDoor.Licences;

/// <summary>The statuses of all licences, four bits each, as verifiers that work offline keep them (IETF Token Status List).</summary>
public static class StatusList
{
    /// <summary>How many bits each has.</summary>
    public const int Bits = 4;

    /// <summary>What stands in the list for a status.</summary>
    public static byte ValueOf(LicenceStatus status) => status switch
    {
        LicenceStatus.Valid => 0,
        LicenceStatus.Revoked or LicenceStatus.Cancelled => 1,
        LicenceStatus.Suspended => 2,
        LicenceStatus.Replaced => 11,
        LicenceStatus.Expired => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "It has no value."),
    };

    /// <summary>The list, not compressed: two to a byte, the first in its lower half.</summary>
    /// <param name="last">The highest index that was given.</param>
    /// <param name="ended">Those that are not valid.</param>
    public static byte[] Of(long last, IEnumerable<(long Index, LicenceStatus Status)> ended)
    {
        var list = new byte[last / 2 + 1];
        foreach (var (index, status) in ended)
            list[index / 2] |= (byte)(ValueOf(status) << (index % 2 == 0 ? 0 : Bits));
        return list;
    }
}
