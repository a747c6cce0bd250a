using OneDoor.Applicants;

namespace OneDoor.Cases;

// What staff take in at a window of their hall, for who stands there (CASE-9, decision 0090).
public sealed partial record Case
{
    /// <summary>What is remarked where the platform knows an applicant's number under another name: not under which.</summary>
    public static Text OtherName { get; } = new("平台上该申请人的号码曾以另一姓名或者名称申请，请核对证件。", "The platform knows the applicant's number under another name: compare it with their papers.");

    /// <summary>
    /// Under which names some are known, by their keys: the one that they signed in by when they last applied, else the one that a department's system last gave. What staff
    /// took in tells nothing, nor what is confidential (SIGHT-1).
    /// </summary>
    /// <param name="theirs">Cases of theirs.</param>
    public static IReadOnlyDictionary<string, string> NamesOf(IEnumerable<Case> theirs) => theirs
        .Where(c => c is { ReceivedOn: null, Plan.Confidential: false, Applicant.Kind: not (ApplicantKind.Founders or ApplicantKind.JointParties) })
        .GroupBy(c => c.ApplicantKey, (key, own) => (Key: key, Last: own.OrderByDescending(c => c.SubmittedThrough is not null).ThenByDescending(c => c.SubmittedAt).First()))
        .ToDictionary(known => known.Key, known => known.Last.Applicant.Name);

    private static bool IsNamedOtherwise(Applicant applicant, CaseAsking asked) =>
        asked.By.Role == ActorRole.Staff && applicant.Everybody.Any(one => asked.KnownNames.TryGetValue(one.Key, out var name) && name != one.Name);
}
