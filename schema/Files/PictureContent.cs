using System.Buffers.Binary;

namespace OneDoor.Files;

/// <summary>Pictures: JPEG, PNG, WebP and HEIC. Each says itself where it ends.</summary>
internal static class PictureContent
{
    private static readonly string[] Heif = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

    private static readonly string[] Markup = ["<html", "<script", "<!doctype", "<svg", "<?php"];

    public static string? TypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? FileTypes.Jpeg
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? FileTypes.Png
        : bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? FileTypes.WebP
        : bytes.Length >= 12 && bytes[4..].StartsWith("ftyp"u8) && IsHeif(bytes[8..12]) ? FileTypes.Heic
        : null;

    public static Refusal? Refused(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        FileTypes.Jpeg => JpegRefused(bytes),
        FileTypes.Png => PngRefused(bytes),
        FileTypes.WebP => EndsAt(bytes, 8 + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]), evenly: true),
        _ => HeicRefused(bytes),
    };

    private static bool IsHeif(ReadOnlySpan<byte> brand) => Array.IndexOf(Heif, System.Text.Encoding.ASCII.GetString(brand)) >= 0;

    // Phones put a film behind the picture, or a second one: that does no harm, while a page of the web might.
    private static Refusal? JpegRefused(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]);
        if (end < 0 || bytes.IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) < 0)
            return FileRefusals.Damaged;
        return HoldsMarkup(bytes[(end + 2)..]) ? FileRefusals.Polyglot : null;
    }

    private static Refusal? PngRefused(ReadOnlySpan<byte> bytes)
    {
        for (long at = 8; at + 12 <= bytes.Length;)
        {
            var next = at + 12 + BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]);
            if (bytes[(int)(at + 4)..].StartsWith("IEND"u8))
                return EndsAt(bytes, next);
            at = next;
        }
        return FileRefusals.Damaged;
    }

    private static Refusal? HeicRefused(ReadOnlySpan<byte> bytes)
    {
        long at = 0;
        while (at + 8 <= bytes.Length)
        {
            long size = BinaryPrimitives.ReadUInt32BigEndian(bytes[(int)at..]);
            if (size == 0)
                return null; // The last box goes on to the end.
            if (size == 1 && at + 16 <= bytes.Length)
                size = BinaryPrimitives.ReadInt64BigEndian(bytes[(int)(at + 8)..]);
            if (size < 8 || size > bytes.Length)
                return FileRefusals.Damaged;
            at += size;
        }
        return at == bytes.Length ? null : FileRefusals.Damaged;
    }

    private static Refusal? EndsAt(ReadOnlySpan<byte> bytes, long end, bool evenly = false) =>
        end > bytes.Length ? FileRefusals.Damaged
        : end == bytes.Length || (evenly && end % 2 == 1 && end + 1 == bytes.Length) ? null
        : FileRefusals.Polyglot;

    private static bool HoldsMarkup(ReadOnlySpan<byte> bytes)
    {
        var text = System.Text.Encoding.Latin1.GetString(bytes);
        return Array.Exists(Markup, tag => text.Contains(tag, StringComparison.OrdinalIgnoreCase));
    }
}
