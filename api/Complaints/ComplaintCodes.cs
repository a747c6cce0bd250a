using System.Globalization;
using Marten;
using OneDoor.Callers;
using OneDoor.Graph;

namespace OneDoor.Complaints;

/// <summary>
/// The codes of anonymous complaints, of which the store has keyed digests, and how much whoever is not signed in may try. What is counted
/// is in this process's memory, and gone with its window (decision 0037).
/// </summary>
public sealed class ComplaintCodes(StoreSecrets secrets, ComplaintOptions policy, TimeProvider time)
{
    private readonly Allowances _allowances = new(TimeSpan.FromMinutes(policy.WindowMinutes));

    /// <summary>What a code is known by.</summary>
    public string DigestOf(string code) => secrets.DigestOf($"complaint code {code}");

    /// <summary>Counts an anonymous complaint; why it is not taken.</summary>
    public Refusal? Filing(HttpContext http) => Refused(http, new Bound("anonymous-complaints", CallerNetwork.Of(http.Connection.RemoteIpAddress), policy.AnonymousComplaints));

    /// <summary>Who asks for a complaint: whoever shows a code is nobody else, whatever token comes along.</summary>
    /// <param name="caller">Whose token it is.</param>
    /// <param name="typed">The code as it was sent; null where none was.</param>
    /// <param name="complaint">The complaint's id.</param>
    public Task<(Actor Viewer, Refusal? Refused)> ViewerOf(HttpContext http, Caller caller, string? typed, Guid complaint, IQuerySession session, CancellationToken ct)
    {
        if (typed is null)
            return Task.FromResult<(Actor, Refusal?)>((caller.Actor, null));
        // Not within what is awaited: whoever awaits it is to be forgotten as well.
        return http.Forget() ? HolderOf(http, typed, complaint, session, ct)
            : Task.FromResult<(Actor, Refusal?)>((new Actor("", ""), GraphRefusals.CodeAlone));
    }

    private async Task<(Actor Viewer, Refusal? Refused)> HolderOf(HttpContext http, string typed, Guid complaint, IQuerySession session, CancellationToken ct)
    {
        // What is no code is compared like one, so that nobody learns from how long it takes.
        var viewer = new Actor("", "") { CodeDigest = DigestOf(AccessCode.Read(typed) ?? "") };
        // Wrong codes alone are counted, and for the network alone: a count for the complaint would let whoever knows its id keep its complainant out.
        return (await session.LoadAsync<Complaint>(complaint, ct))?.IsComplainant(viewer) == true
            ? (viewer, null)
            : (viewer, Refused(http, new Bound("codes-of-network", CallerNetwork.Of(http.Connection.RemoteIpAddress), policy.Guesses)));
    }

    private Refusal? Refused(HttpContext http, Bound bound)
    {
        var allowance = _allowances.Take(time.GetUtcNow(), bound);
        if (allowance.IsGranted)
            return null;
        http.Response.Headers.RetryAfter = allowance.Seconds.ToString(CultureInfo.InvariantCulture);
        return RequestRefusals.TooMany;
    }
}
