using Marten;
using OneDoor.Cases;

namespace OneDoor.Evidence;

/// <summary>GET /v1/cases/{id}/proof: that nothing of a case was changed afterwards, for whoever does not want to take the platform's word for it.</summary>
public static class GetCaseProof
{
    public static void MapGetCaseProof(this IEndpointRouteBuilder cases) => cases.MapGet("/{id:guid}/proof", Handle)
        .Needs([.. Scopes.ToReadCases])
        .ReadsOne<CaseProof>("getCaseProof", "Read what proves a case's facts (存证), and that the log has them", EvidenceExamples.Proof)
        .Refuses(409)
        .WithDescription("Digests of all its facts, and what they are over as far as the caller may see it. A fact is in the log at the latest when its receipt promises.");

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, Caller caller, IQuerySession session, CaseProofs proofs, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await session.FindWhole(id, caller.Actor, now, ct) is not { } found)
            return CaseRefusals.NotFound.ToProblem();
        reads.Note(caller, http, "case", id);
        var (proof, refused) = await proofs.Of(found, caller.Actor, now, ct);
        return refused is null ? etags.Ok(http, id, found.Version, proof!) : refused.ToProblem();
    }
}
