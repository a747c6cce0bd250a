namespace OneDoor.Cases;

/// <summary>The founders did not choose the step.</summary>
/// <param name="Step">The step's code.</param>
public sealed record StepWaivedDetails(string Step);

/// <summary>By what the application says the law does not ask for the step (无需办理).</summary>
/// <param name="Step">The step's code.</param>
/// <param name="NotNeeded">Why, in both languages.</param>
public sealed record StepNotNeededDetails(string Step, Text NotNeeded);

/// <summary>By what the application says since it was mended, the law asks for the step after all.</summary>
/// <param name="Step">The step's code.</param>
public sealed record StepNeededDetails(string Step);

/// <summary>A step waits for what the applicant has to hand in.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Materials">Codes of the materials.</param>
public sealed record MaterialsAwaitedDetails(string Step, IReadOnlyList<string> Materials);
