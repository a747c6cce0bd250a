using OneDoor.Applicants;
using OneDoor.Graph;

namespace OneDoor.Cases;

public sealed class ApplicantInput : GraphInput<Applicant>
{
    public ApplicantInput() : base("ApplicantInput", "Who applies (申请人).")
    {
        Takes(a => a.Kind, "Decides which of the two numbers identifies the applicant.");
        Takes(a => a.Name, "1 to 200 characters, kept as given.");
        Takes(a => a.Uscc, "Legal entities: unified social credit code (统一社会信用代码).");
        Takes(a => a.CitizenId, "Persons: citizen identity number (公民身份号码).");
    }
}

public sealed class MaterialGivenInput : GraphInput<MaterialGiven>
{
    public MaterialGivenInput() : base("MaterialGivenInput", "A material as handed in.")
    {
        Takes(m => m.Code, "The item's code for it.");
        Takes(m => m.Name, "The document's name.");
        Takes(m => m.Digest, "sha-256: and the digest of its content.");
    }
}

public sealed class MaterialDeferredInput : GraphInput<MaterialDeferred>
{
    public MaterialDeferredInput() : base("MaterialDeferredInput", "A material that is to follow (容缺后补).")
    {
        Takes(m => m.Code, "The item's code for it.");
        Takes(m => m.SupplyBy, "Within 60 working days.");
    }
}

public sealed class CorrectionLineInput : GraphInput<CorrectionLine>
{
    public CorrectionLineInput() : base("CorrectionLineInput", "One thing that is missing or wrong.")
    {
        Takes(l => l.Text, "What to do about it.");
        Takes(l => l.Material, "The material concerned; none for the application itself.");
    }
}

public sealed class SubmitCaseInput : GraphInput<SubmitCase>
{
    public SubmitCaseInput() : base("SubmitCaseInput", "A whole application.")
    {
        Takes(r => r.Item, "Code of the item applied for.");
        Takes(r => r.Channel, "How it reached the platform.");
        Takes(r => r.Applicant, "Who applies; left out, the one who is signed in.");
        Takes(r => r.Hall, "The receiving hall; needed at a window or a kiosk.");
        Takes(r => r.Materials, "What is handed in; what is missing can follow.");
    }
}

public sealed class PreviewItemInput : GraphInput<PreviewItemRequest>
{
    public PreviewItemInput() : base("PreviewItemInput", "Who would apply, and with what.")
    {
        Takes(r => r.Applicant, "Who would apply; left out, the one who is signed in.");
        Takes(r => r.Materials, "Codes of the materials at hand.");
        Takes(r => r.Hall, "The hall in whose hours limits would run.");
    }
}

public sealed class AcceptCaseInput : GraphInput<AcceptCase>
{
    public AcceptCaseInput() : base("AcceptCaseInput", "Taking a case on.") =>
        Takes(r => r.Deferred, "Deferrable materials that may follow, each by a day.");
}

public sealed class SendCorrectionNoticeInput : GraphInput<SendCorrectionNotice>
{
    public SendCorrectionNoticeInput() : base("SendCorrectionNoticeInput", "The one list of everything that is missing.") =>
        Takes(r => r.Lines, "1 to 100.");
}

public sealed class SupplyMaterialsInput : GraphInput<SupplyMaterials>
{
    public SupplyMaterialsInput() : base("SupplyMaterialsInput", "Materials handed in after submission.") =>
        Takes(r => r.Materials, "One of a code already in the case replaces it.");
}

public sealed class ReferCaseInput : GraphInput<ReferCase>
{
    public ReferCaseInput() : base("ReferCaseInput", "What a clerk does instead of refusing.")
    {
        Takes(r => r.Kind, "Where it goes.");
        Takes(r => r.Reason, "Why.");
        Takes(r => r.Step, "With DEPARTMENT and UPWARD: the step; may be left out where the department has one.");
        Takes(r => r.Department, "With DEPARTMENT: the right one.");
        Takes(r => r.Item, "With ITEM: the right one.");
    }
}

public sealed class RefuseCaseInput : GraphInput<RefuseCase>
{
    public RefuseCaseInput() : base("RefuseCaseInput", "A refusal with everything the law asks for.")
    {
        Takes(r => r.Reason, "Why.");
        Takes(r => r.LegalBasis, "The provision it rests on.");
        Takes(r => r.Remedy, "What the applicant can do against it; the statutory remedies when left out.");
    }
}

public sealed class WithdrawCaseInput : GraphInput<WithdrawCase>
{
    public WithdrawCaseInput() : base("WithdrawCaseInput", "Taking an application back.") => Takes(r => r.Reason, "Why; nobody has to say.");
}

public sealed class ExtendLimitInput : GraphInput<ExtendLimit>
{
    public ExtendLimitInput() : base("ExtendLimitInput", "The one extension of a case's limits.")
    {
        Takes(r => r.WorkingDays, "1 to 10.");
        Takes(r => r.Reason, "Why; the applicant is told.");
    }
}

public sealed class PauseClockInput : GraphInput<PauseClock>
{
    public PauseClockInput() : base("PauseClockInput", "Stopping a step's clock.")
    {
        Takes(r => r.Reason, "One of those the law names.");
        Takes(r => r.Step, "May be left out where the department has one open step.");
        Takes(r => r.Note, "What the applicant is told.");
    }
}

public sealed class DecideStepInput : GraphInput<DecideStep>
{
    public DecideStepInput() : base("DecideStepInput", "A department's decision on its step.")
    {
        Takes(r => r.Outcome, "A clerk grants; only a supervisor refuses.");
        Takes(r => r.Reason, "Needed for a refusal.");
        Takes(r => r.LegalBasis, "Needed for a refusal, and of no other outcome: the provision it rests on.");
        Takes(r => r.Remedy, "Of a refusal only: what the applicant can do against it.");
    }
}
