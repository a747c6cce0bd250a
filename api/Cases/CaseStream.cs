using JasperFx.Events;
using Marten.Events.Aggregation;

namespace OneDoor.Cases;

/// <summary>Binds <see cref="Case.Evolve"/> to the store: the case is folded and stored with every change, in its transaction.</summary>
public sealed class CaseStream : SingleStreamProjection<Case, Guid>
{
    public override Case? Evolve(Case? snapshot, Guid id, IEvent e) =>
        e.Data is CaseFact fact ? Case.Evolve(snapshot, fact) : snapshot;
}
