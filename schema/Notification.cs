namespace OneDoor;

/// <summary>
/// What people are told of a fact that concerns them (通知): which fact, of what and by when. It says nothing of who they are, so that it tells nobody anything
/// who reads it over a shoulder; what it is about they see where it leads.
/// </summary>
/// <param name="To">By which ways those come to the thing who are told.</param>
/// <param name="Title">What has happened.</param>
/// <param name="Text">The same in a sentence, and what is to be done.</param>
public sealed record Notification(IReadOnlyList<Way> To, Text Title, Text Text)
{
    /// <summary>It tells of an act against those who are told, or of what they have to do or lose by: nobody unsubscribes from that.</summary>
    public bool IsAct { get; init; }
}
