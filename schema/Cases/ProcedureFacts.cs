using System.Text.Json.Serialization;
using OneDoor.Files;

namespace OneDoor.Cases;

/// <summary>A person who acts for a department (经办人员), as its system names them.</summary>
/// <param name="Id">By which the department knows them, in 1 to 50 characters.</param>
/// <param name="Name">What they are called, in 1 to 100 characters.</param>
public sealed record Officer([Personal] string Id, [Personal] string Name)
{
    private const int FullWidth = '！' - '!';

    internal string Key => KeyOf(Id);

    /// <summary>What an id comes to however it was typed, in full width or small letters: two who differ in this are two.</summary>
    internal static string KeyOf(string id) => string.Concat(id.Select(c => c is >= '！' and <= '～' ? (char)(c - FullWidth) : c)).Trim().ToUpperInvariant();
}

/// <summary>Who is touched by what is applied for (利害关系人).</summary>
/// <param name="Name">What they are called, in 1 to 100 characters.</param>
public sealed record ThirdParty([Personal] string Name);

/// <summary>What an inspection on site found (核查结论).</summary>
public enum InspectionFinding { Passed, Failed }

/// <summary>Why there is a hearing (行政许可法 arts. 46, 47).</summary>
public enum HearingGround
{
    /// <summary>The law prescribes it, or it concerns the public.</summary>
    Required,

    /// <summary>The applicant or a third party asked for it.</summary>
    Requested,
}

/// <summary>Two officers at least looked at it on site (现场核查, CASE-16, 行政许可法 art. 34).</summary>
/// <param name="On">The day.</param>
/// <param name="Finding">What they found.</param>
[Alias("step_inspected")]
public sealed record StepInspected(
    DateTimeOffset At, Actor By, string Step, IReadOnlyList<Officer> Officers, DateOnly On, [Personal] string Place, InspectionFinding Finding,
    [Personal] string? Note) : CaseFact(At, By), IStepFact;

/// <summary>Third parties whose major interests are touched were told, and may speak until a day (HEAR-1, 行政许可法 art. 36).</summary>
/// <param name="Number">Counts the case's notices to third parties from 1.</param>
/// <param name="Parties">Who was told; empty where it was published.</param>
/// <param name="Publication">Where it was published; null where those concerned were told.</param>
/// <param name="Until">The last day to speak.</param>
[Alias("third_parties_told")]
public sealed record ThirdPartiesTold(
    DateTimeOffset At, Actor By, int Number, string Step, IReadOnlyList<ThirdParty> Parties, [Personal] string? Publication, DateOnly Until) : CaseFact(At, By), IStepFact;

/// <summary>A third party spoke; the decision answers it (HEAR-1).</summary>
/// <param name="Notice">The number of the notice it answers.</param>
[Alias("third_party_heard")]
public sealed record ThirdPartyHeard(DateTimeOffset At, Actor By, int Notice, string Step, [Personal] string Text) : CaseFact(At, By), IStepFact;

/// <summary>A hearing was called and its day and place told (HEAR-2, 行政许可法 arts. 46 to 48).</summary>
/// <param name="Number">Counts the case's hearings from 1.</param>
/// <param name="RequestedOn">The day on which it was asked for; null where the law prescribes it.</param>
/// <param name="HeldOn">Its day.</param>
/// <param name="Presider">Who presides: none of those who examine the application.</param>
[Alias("hearing_called")]
public sealed record HearingCalled(
    DateTimeOffset At, Actor By, int Number, string Step, HearingGround Ground, DateOnly? RequestedOn, DateOnly HeldOn, [Personal] string Place, Officer Presider)
    : CaseFact(At, By), IStepFact;

/// <summary>A hearing's minutes are signed; the decision rests on them (HEAR-2).</summary>
/// <param name="Number">The hearing's number.</param>
/// <param name="Text">What was said; null where the signed paper is a file.</param>
/// <param name="File">The signed paper (CASE-12); null where the minutes are text.</param>
[Alias("hearing_closed")]
public sealed record HearingClosed(
    DateTimeOffset At, Actor By, int Number, string Step, [Personal] string? Text, [Personal] string SignedBy, DateOnly SignedOn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CarriedFile? File = null) : CaseFact(At, By), IStepFact;

/// <summary>An inspection on site (现场核查).</summary>
/// <param name="Step">The code of the step it belongs to.</param>
/// <param name="Officers">Who looked: two at least.</param>
/// <param name="On">The day.</param>
/// <param name="Place">Where.</param>
/// <param name="Finding">What they found.</param>
/// <param name="Note">What there is to say of it.</param>
public sealed record CaseInspection(string Step, IReadOnlyList<Officer> Officers, DateOnly On, string Place, InspectionFinding Finding, string? Note);

/// <summary>A notice to third parties, and what they said (告知利害关系人).</summary>
/// <param name="Number">Counts the case's notices to third parties from 1.</param>
/// <param name="Step">The code of the step it belongs to.</param>
/// <param name="Parties">Who was told; empty where it was published.</param>
/// <param name="Publication">Where it was published; null where those concerned were told.</param>
/// <param name="ToldAt">When.</param>
/// <param name="Until">The last day to speak.</param>
/// <param name="Statements">What they said.</param>
public sealed record ThirdPartyNotice(
    int Number, string Step, IReadOnlyList<ThirdParty> Parties, string? Publication, DateTimeOffset ToldAt, DateOnly Until, IReadOnlyList<ThirdPartyStatement> Statements);

/// <summary>What a third party said (陈述意见).</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Text">In their words.</param>
public sealed record ThirdPartyStatement(DateTimeOffset At, string Text);

/// <summary>A hearing (听证).</summary>
/// <param name="Number">Counts the case's hearings from 1.</param>
/// <param name="Step">The code of the step it belongs to.</param>
/// <param name="Ground">Why there is one.</param>
/// <param name="HeldOn">Its day.</param>
/// <param name="Place">Its place.</param>
/// <param name="Presider">Who presides.</param>
/// <param name="Minutes">Its signed record; null until it is in.</param>
public sealed record CaseHearing(int Number, string Step, HearingGround Ground, DateOnly HeldOn, string Place, Officer Presider, HearingMinutes? Minutes);

/// <summary>A hearing's record (听证笔录).</summary>
/// <param name="Text">What was said; null where the signed paper is a file.</param>
/// <param name="SignedBy">Who signed it.</param>
/// <param name="SignedOn">The day on which it was signed.</param>
/// <param name="File">The signed paper; null where the record is text.</param>
public sealed record HearingMinutes(
    string? Text, string SignedBy, DateOnly SignedOn, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CarriedFile? File = null);

/// <summary>Who took the case on, where it is known: nobody decides what they took on themselves (CASE-16).</summary>
/// <param name="Department">For which department.</param>
/// <param name="Person">The officer's id, or who was signed in.</param>
public sealed record Acceptor(Department Department, string Person);
