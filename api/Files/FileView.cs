namespace OneDoor.Files;

/// <summary>A file (文件): its bytes are kept as they came.</summary>
/// <param name="Id">Its id, for a material's <c>file</c>.</param>
/// <param name="Digest"><c>sha-256:</c> and the digest of its bytes, in hexadecimal.</param>
/// <param name="Size">In bytes.</param>
/// <param name="MediaType">What its content is.</param>
public sealed record FileView(Guid Id, string Digest, int Size, string MediaType)
{
    /// <summary>Where its bytes are to be had, by whoever sees what carries it.</summary>
    public string Href => AddressOf(Id);

    /// <summary>A file as it is shown; null for none.</summary>
    public static FileView? Of(CarriedFile? file) => file is null ? null : new(file.Id, file.Digest, file.Size, file.MediaType);

    /// <summary>A file's address.</summary>
    public static string AddressOf(Guid id) => $"/v1/files/{id}";
}
