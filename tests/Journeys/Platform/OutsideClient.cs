using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Platform;

/// <summary>A client made of openapi.yaml by other people's tools, and a validator of theirs between it and the API.</summary>
public sealed class OutsideClient(RunningPlatform platform)
{
    [Fact]
    public async Task A_client_made_of_the_contract_establishes_a_company_and_no_answer_breaks_the_contract()
    {
        platform.PassUntilMonday();

        var (exitCode, output, errors) = await OutsideTool.Converse(
            "outside-client.mjs", asked => platform.As(Kebab.Parse<Department>(asked["token ".Length..])!.Value).Token(), platform.Api.Address.OriginalString);

        Assert.True(exitCode == 0, output + errors);
        Assert.True(output == "submitted request.stale accepted granted 304 case-granted hall-hours number\n33 of 33\n", output);
    }
}
