using Microsoft.Net.Http.Headers;

namespace OneDoor.Wire;

/// <summary>What version a request is about (RFC 9110, 13).</summary>
public static class Preconditions
{
    /// <summary>The refusal of a change whose <c>If-Match</c> is absent (428), no list of strong entity tags (400), or without a tag of the current version (412).</summary>
    /// <param name="ifMatch">The header as sent.</param>
    /// <param name="isCurrent">Whether an entity tag, in its quotes, is the current version's.</param>
    public static Refusal? Refused(string? ifMatch, Func<string, bool> isCurrent)
    {
        if (string.IsNullOrWhiteSpace(ifMatch))
            return RequestRefusals.IfMatchMissing;
        if (!EntityTagHeaderValue.TryParseStrictList([ifMatch], out var tags) || tags.Any(t => t.IsWeak) || (tags.Contains(EntityTagHeaderValue.Any) && tags.Count > 1))
            return RequestRefusals.IfMatchInvalid.At(HeaderNames.IfMatch);
        // "*" names no version, so it cannot be the one that was seen.
        return tags.Any(tag => isCurrent(tag.Tag.Value!)) ? null : RequestRefusals.Stale;
    }

    /// <summary>Whether the client says with <c>If-None-Match</c> that it has just this.</summary>
    public static bool HasAlready(this HttpRequest request, string etag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags)
        && tags.Any(t => etag.EndsWith(t.Tag.Value!, StringComparison.Ordinal) || t.Equals(EntityTagHeaderValue.Any));
}
