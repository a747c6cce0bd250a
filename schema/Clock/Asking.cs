namespace OneDoor.Clock;

/// <summary>What every rule knows besides the thing and the command: all that is not asked, and so is no part of the request.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Clock">The calendar and the halls' opening hours by which limits run.</param>
/// <param name="Now">When they ask.</param>
public record Asking(Actor By, LegalClock Clock, DateTimeOffset Now);
