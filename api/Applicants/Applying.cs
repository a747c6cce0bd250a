namespace OneDoor.Applicants;

/// <summary>Who applies.</summary>
public static class Applying
{
    /// <summary>Whom the request names, or who is signed in; a refusal where it is nobody.</summary>
    public static (Applicant? Applicant, Refusal? Refused) WhoApplies(this Caller caller, Applicant? named) => (named, caller.Applicant) switch
    {
        ({ } applicant, _) => (applicant, null),
        (null, { } signedIn) => (Applicant.Of(signedIn), null),
        _ => (null, RequestRefusals.FieldMissing.Because(
            "缺少 applicant：只有以公民或企业身份登录者可以省略。", "applicant is missing: only who is signed in as a citizen or an enterprise may leave it out.").At("/applicant")),
    };
}
