using System.Linq.Expressions;
using Marten.Linq;

namespace OneDoor.Cases;

/// <summary>
/// The newest cases a department sees: what its systems poll. The store translates the query once per process, which is a
/// fifth of the work of answering it, and then fills in the values of these properties.
/// </summary>
public sealed class NewestOfDepartment : ICompiledListQuery<Case, CaseVersion>, IQueryPlanning
{
    /// <summary>Who asks, and sees what it has submitted, too.</summary>
    public string Subject { get; set; } = "";

    public Department Department { get; set; }

    /// <summary>How many at most.</summary>
    public int Most { get; set; }

    /// <summary>The query, if the viewer is a department whose sight ends with its own steps; otherwise null.</summary>
    public static NewestOfDepartment? For(Actor viewer, int most) => viewer.Department is { } own and not Department.ServiceOffice
        ? new() { Subject = viewer.Subject, Department = own, Most = most }
        : null;

    public Expression<Func<IMartenQueryable<Case>, IEnumerable<CaseVersion>>> QueryIs()
    {
        // The policy is an expression, which a lambda cannot hold: so the query is composed on the lambda's parameter.
        var cases = Expression.Parameter(typeof(IMartenQueryable<Case>));
        var visible = new EnumerableQuery<Case>(cases).Where(CaseSight.VisibleTo(new Actor("", Subject, Department)));
        return Expression.Lambda<Func<IMartenQueryable<Case>, IEnumerable<CaseVersion>>>(ListCases.Newest(visible, Most).Expression, cases);
    }

    // The store tells by its value which parameter is which property: whoever asks first must not have two alike.
    void IQueryPlanning.SetUniqueValuesForQueryPlanning() => (Subject, Department, Most) = ("anybody", Department.Tax, -1);
}
