using Microsoft.EntityFrameworkCore;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Token;

/// <summary>Tells a device that asks for its tokens too often to slow down (RFC 8628 section 3.5), whichever process it asks.</summary>
internal sealed class DevicePolls(IdentityDb db) : IOpenIddictServerHandler<ValidateTokenContext>
{
    /// <summary>A device waits five seconds between two polls, as nothing else is said; what the way takes may differ.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(4);

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
        .UseScopedHandler<DevicePolls>()
        .SetOrder(OpenIddictServerHandlers.Protection.ValidateTokenEntry.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Token || context.Principal?.HasTokenType(TokenTypeIdentifiers.Private.DeviceCode) != true || context.TokenId is not { } code)
            return;
        var isPending = db.Set<OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreToken>().AsNoTracking()
            .AnyAsync(t => t.Id == code && t.Status == Statuses.Inactive, context.CancellationToken);
        // By the database's clock: whoever was asked before may go by another than this process.
        if (await isPending && await db.Database.ExecuteSqlAsync(
            $"""
             WITH now AS (SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS at)
             UPDATE identity."OpenIddictTokens" SET "Properties" = jsonb_build_object('polled', now.at)::text FROM now
             WHERE "Id" = {code} AND ("Properties" IS NULL OR ("Properties"::jsonb ->> 'polled')::bigint <= now.at - {(long)Shortest.TotalMilliseconds})
             """,
            context.CancellationToken) == 0)
            context.Reject(Errors.SlowDown, "The device asks too often: wait five seconds longer between two requests.");
    }
}
