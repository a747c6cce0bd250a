using Marten;
using OneDoor.Graph;

namespace OneDoor.Files;

/// <summary>Files (文件): what materials, results and other things hold.</summary>
public static class FilesModule
{
    public static void AddFiles(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten(marten => marten.Storage.ExtendedSchemaObjects.AddRange(FileTable.Schema));
        builder.Services.AddSingleton(FileTable.Tuning);
        builder.Services.AddSingleton(FileTable.Held);
        builder.Services.AddSingleton(FileTable.Erased);
        builder.Services.AddSingleton(builder.Configuration.Read<UploadOptions>("Files"));
        builder.Services.AddSingleton<FileTable>();
        builder.Services.AddSingleton<FileStore, DatabaseFiles>();
        if (builder.Configuration.Read<StorageOptions>("Storage") is { Address: not null } storage)
        {
            if (!storage.AllowHttp && !builder.Environment.IsDevelopment() && !storage.Address.StartsWith("https://", StringComparison.Ordinal))
                throw new InvalidOperationException("Storage: outside development Address is https, or AllowHttp says that nobody else is on the way.");
            builder.Services.AddSingleton<FileStore>(_ => new BucketFiles(storage));
        }
        builder.Services.AddSingleton<FileStores>();
        builder.Services.AddSingleton<Previews>();
        builder.Services.AddSingleton<SeenFiles>();
        builder.Services.AddSingleton<Uploads>();
        builder.Services.AddSingleton<ISweep, DropFiles>();
        builder.Services.AddSingleton(new ContractTag("Files", "The content of materials and results (文件): uploaded first, then named by its id."));
        builder.AddGraph(roots => roots.Shape<FileView>("File"));
    }

    public static void MapFiles(this IEndpointRouteBuilder v1)
    {
        var files = v1.MapGroup("/files").WithTags("Files");
        files.MapUploadFile();
        files.MapGetFile();
        files.MapGetPreview();
        v1.MapGroup("/uploads").WithTags("Files").MapResumeUpload();
    }
}
