namespace OneDoor.Files;

/// <summary>A file as whatever carries it knows it (CASE-12): the fact keeps it, whatever becomes of the bytes.</summary>
/// <param name="Id">Under which its bytes are to be had.</param>
/// <param name="Digest"><c>sha-256:</c> and the digest of its bytes, in hexadecimal.</param>
/// <param name="Size">In bytes.</param>
/// <param name="MediaType">What its content is, one of <see cref="FileTypes.Accepted"/>.</param>
public sealed record CarriedFile(Guid Id, string Digest, int Size, string MediaType);
