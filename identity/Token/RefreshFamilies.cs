using Microsoft.EntityFrameworkCore;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Token;

/// <summary>
/// Keeps a family of refresh tokens, all of one sign-in, from forking (RFC 9700 section 4.14.2). One that is exchanged twice within the
/// leeway has two answers; as soon as either is used, the other is as good as used long ago, and so is everything before it. Whoever uses
/// that later ends the family, so a thief and the application cannot go on side by side.
/// </summary>
internal sealed class RefreshFamilies(IdentityDb db, TimeProvider time) : IOpenIddictServerHandler<ProcessSignInContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessSignInContext>()
        .UseScopedHandler<RefreshFamilies>()
        .SetOrder(OpenIddictServerHandlers.RedeemTokenEntry.Descriptor.Order - 500)
        .Build();

    public async ValueTask HandleAsync(ProcessSignInContext context)
    {
        if (context.EndpointType != OpenIddictServerEndpointType.Token || !context.Request.IsRefreshTokenGrantType()
            || context.Transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!)?.RefreshTokenPrincipal is not { } used
            || used.GetTokenId() is not { } token || used.GetAuthorizationId() is not { } family)
            return;

        // One statement: of several who exchange a token at once, in whichever processes, one is the first, and what it ends was there before.
        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync(
            $"""
             WITH first AS (
                 UPDATE identity."OpenIddictTokens" SET "Status" = {Statuses.Redeemed}, "RedemptionDate" = {now}
                 WHERE "Id" = {token} AND "Status" = {Statuses.Valid} RETURNING 1)
             UPDATE identity."OpenIddictTokens" SET "Status" = {Statuses.Redeemed}, "RedemptionDate" = 'epoch'
             WHERE EXISTS (SELECT FROM first) AND "AuthorizationId" = {family} AND "Id" <> {token} AND "Type" = {TokenTypeIdentifiers.RefreshToken}
                 AND ("Status" = {Statuses.Valid} OR ("Status" = {Statuses.Redeemed} AND "RedemptionDate" IS DISTINCT FROM 'epoch'))
             """,
            context.CancellationToken);
    }
}
