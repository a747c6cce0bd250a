using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace OneDoor.Platform;

/// <summary>
/// Compresses what everybody is shown alike: answers to requests without a token, and those that anyone may keep. An answer
/// for its reader holds what others wrote beside identity numbers, and its compressed length would tell whoever watches the
/// line how alike the two are (BREACH).
/// </summary>
public static class PublicCompression
{
    public static void AddPublicCompression(this IServiceCollection services)
    {
        services.AddSingleton<IResponseCompressionProvider, OfPublicAnswers>();
        // Its fastest level packs worse than gzip's.
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "text/yaml", "application/graphql-response+json", "image/svg+xml"];
        });
    }

    private sealed class OfPublicAnswers(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
    {
        // What the build has compressed is sent as it lies there.
        public override bool ShouldCompressResponse(HttpContext context) => context.Response.Headers.ContentEncoding.Count == 0
            && (context.Request.Headers.Authorization.Count == 0 || context.IsAnsweredForAll()) && base.ShouldCompressResponse(context);
    }
}
