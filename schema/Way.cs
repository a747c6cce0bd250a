namespace OneDoor;

/// <summary>A way by which viewers come to things: what one has to be for it to lead to something.</summary>
/// <param name="Name">What tells it from every other.</param>
/// <param name="LeadsToFew">Where it leads to so few things that a list looks at all of them.</param>
public abstract record Way(string Name, bool LeadsToFew = false)
{
    /// <summary>To everything but what is confidential.</summary>
    public sealed record Everywhere() : Way("everywhere");

    /// <summary>To what one has submitted.</summary>
    public sealed record AsSubmitter(string Subject) : Way($"submitter {Subject}");

    /// <summary>To what one took in at a window on a day, for as long as that is the day.</summary>
    public sealed record AsReceiver(string Subject, DateOnly Day) : Way($"receiver {Subject} {Day:O}", LeadsToFew: true);

    /// <summary>To what one applies for; a thing may have any number of applicants.</summary>
    public sealed record AsApplicant(string Key) : Way($"applicant {Key}", LeadsToFew: true);

    /// <summary>To what one's department has a part in.</summary>
    public sealed record OfDepartment(Department Department) : Way($"department {Kebab.Of(Department)}");

    /// <summary>To what one's department has a part in and nobody else is to know of, the service office included.</summary>
    public sealed record InConfidence(Department Department) : Way($"confidence {Kebab.Of(Department)}", LeadsToFew: true);

    /// <summary>To what bars somebody from applying: the rule's way, and no viewer's.</summary>
    public sealed record AsBarred(string Key) : Way($"barred {Key}", LeadsToFew: true);
}
