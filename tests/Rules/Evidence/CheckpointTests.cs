using Xunit;

namespace OneDoor.Evidence;

/// <summary>What the log signs, as C2SP's tlog-checkpoint and signed-note have it.</summary>
public sealed class CheckpointTests
{
    private static readonly Checkpoint Says = new("onedoor.example/log", 20852163, Convert.FromBase64String("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="));

    [Fact]
    public void What_is_signed_is_three_lines() =>
        Assert.Equal("onedoor.example/log\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", Says.Text);

    [Fact] // the example of Go's sumdb/note, on which C2SP's signed-note builds
    public void A_key_is_named_as_others_name_it()
    {
        var key = Convert.FromBase64String("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1..];

        Assert.Equal("c74f20a3", Convert.ToHexStringLower(Checkpoint.KeyId("PeterNeumann", key)));
    }

    [Fact]
    public void What_was_signed_is_read_again()
    {
        var (says, keyId, signature) = Checkpoint.Read(Says.Signed(new byte[32], [.. Enumerable.Repeat((byte)7, 64)]))!.Value;

        Assert.Equal((Says.Text, 64, (byte)7), (says.Text, signature.Length, signature[0]));
        Assert.Equal(Checkpoint.KeyId(Says.Origin, new byte[32]), keyId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("onedoor.example/log\n1\nAAAA\n\n— onedoor.example/log AAAA\n")]
    [InlineData("onedoor.example/log\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— onedoor.example/log AAAA\n")]
    public void What_is_none_is_not_read(string text) => Assert.Null(Checkpoint.Read(text));
}
