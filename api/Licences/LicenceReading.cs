namespace OneDoor.Licences;

/// <summary>GET /v1/licences/{number}, now or as of a past instant, and its history.</summary>
public static class LicenceReading
{
    public static readonly Reading<Licence, LicenceFact, LicenceView, LicenceEvent> One = new("licence", "a licence", "电子证照", "licence", "/v1/licences", LicenceRefusals.NotFound, Scopes.LicencesRead)
    {
        View = (licence, to) => new(LicenceView.Of(licence, to.Language)),
        Event = LicenceEvent.Of,
        Key = view => view.Number,
        Number = licence => licence.Number,
        ByNumber = Licence.IdOf,
        Shows = (LicenceExamples.Valid, LicenceExamples.History),
    };
}
