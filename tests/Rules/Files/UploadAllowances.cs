using Xunit;

namespace OneDoor.Files;

public class UploadAllowances
{
    private static readonly UploadOptions Allowed = new() { PerDay = 2, BytesPerDay = 100, UnattachedBytes = 50, OfSystems = 10 };
    private static readonly Actor Person = new("mobile", "p"), System = new("sandbox-tax", "sandbox-tax", Department.Tax);

    [Theory] // CASE-12
    [InlineData(0, 0, 0, 50, null)]
    [InlineData(1, 50, 0, 50, null)]
    [InlineData(2, 0, 0, 1, "file.too-many-today")]
    [InlineData(1, 51, 0, 50, "file.too-many-today")]
    [InlineData(0, 0, 1, 50, "file.too-much-unattached")]
    public void A_person_uploads_so_many_so_much_and_leaves_so_much_lying(long today, long bytes, long unattached, long more, string? code) =>
        Assert.Equal(code, new Uploaded(today, bytes, unattached).Refused(more, Person, Allowed)?.Code);

    [Fact]
    public void A_departments_system_hands_in_for_many()
    {
        Assert.Null(new Uploaded(19, 999, 499).Refused(1, System, Allowed));
        Assert.Equal(FileRefusals.TooManyToday, new Uploaded(20, 0, 0).Refused(1, System, Allowed));
        // Who works at a window is a person.
        Assert.NotNull(new Uploaded(2, 0, 0).Refused(1, new("playground", "clerk", Department.Tax), Allowed));
    }

    [Fact]
    public void Every_refusal_of_a_file_is_told_by_one_of_these_or_over_HTTP()
    {
        string[] told = [.. FileExaminations.Refused.Select(row => row.Data.Item4.Code), FileRefusals.TooManyToday.Code, FileRefusals.TooMuchUnattached.Code];
        string[] overHttp = [FileRefusals.NotFound.Code, FileRefusals.DigestMismatch.Code, FileRefusals.Unknown.Code, FileRefusals.NotDrawable.Code];
        Assert.Equal(
            typeof(FileRefusals).GetFields().Select(field => ((Refusal)field.GetValue(null)!).Code).Order(StringComparer.Ordinal),
            told.Concat(overHttp).Distinct().Order(StringComparer.Ordinal));
    }
}
