using Xunit;

namespace OneDoor;

/// <summary>What both programs understand of a command line, and what they refuse.</summary>
public sealed class CommandLines
{
    private static readonly ProgramCommand[] Commands =
    [
        new("migrate", "migrates"),
        new("clients", "registers", "FILE.json"),
        new("catalogue", "publishes") { Options = [new("--from", "DIRECTORY", "from there"), new("--check", null, "checks")] },
        new("erase", "erases") { Options = [new("--id", "ID", "of that") { IsRequired = true, Misread = id => id == "7" ? null : $"'{id}' is no id." }] },
    ];

    [Theory]
    [InlineData("migrat", "'migrat' is not a command. Commands: migrate, clients FILE.json, catalogue, erase; none of them to serve. See --help.")]
    [InlineData("migrate now", "'migrate now' is not a command. Commands: migrate, clients FILE.json, catalogue, erase; none of them to serve. See --help.")]
    [InlineData("clients", "clients lacks its FILE.json.")]
    [InlineData("catalogue --frm x", "'--frm' is no option of catalogue. See --help.")]
    [InlineData("catalogue --frm=x --from=y", "'--frm' is no option of catalogue. See --help.")]
    [InlineData("migrate --from x", "'--from' is no option of migrate. See --help.")]
    [InlineData("catalogue -x", "'-x' is no option of catalogue. See --help.")]
    [InlineData("-x", "'-x' is no option. See --help.")]
    [InlineData("catalogue --from", "--from lacks its value.")]
    [InlineData("catalogue --from=", "--from lacks its value.")]
    [InlineData("catalogue --from --check", "--from lacks its value.")]
    [InlineData("catalogue --from a --from b", "--from is given twice.")]
    [InlineData("catalogue --check --check", "--check is given twice.")]
    [InlineData("catalogue --check=yes", "--check takes no value.")]
    [InlineData("--check", "--check lacks its value.")]
    [InlineData("migrate --Store:MaxConnections", "--Store:MaxConnections lacks its value.")]
    [InlineData("erase", "erase lacks its --id ID.")]
    [InlineData("erase --Store:MaxConnections=5", "erase lacks its --id ID.")]
    [InlineData("erase --id=8", "'8' is no id.")]
    public void A_mistake_is_said(string line, string said) => Assert.Equal(said, Read(line).Refused);

    [Fact]
    public void Options_are_the_commands_and_settings_the_configurations()
    {
        var line = Read("catalogue --check --Store:MaxConnections 5 --from=here --environment=Production --ConnectionStrings:OneDoor=Host=x");

        Assert.Null(line.Refused);
        Assert.Equal(("catalogue", "here", true), (line.Command, line["--from"], line.Has("--check")));
        Assert.Equal(["--Store:MaxConnections=5", "--environment=Production", "--ConnectionStrings:OneDoor=Host=x"], line.Settings);
    }

    [Fact]
    public void To_serve_the_configuration_knows_the_names() => Assert.Equal(["--anything=x", "--urls=y"], Read("--anything x --urls=y").Settings);

    [Theory]
    [InlineData("--help", true, false)]
    [InlineData("catalogue -h", true, false)]
    [InlineData("catalogue --from x --help", true, false)]
    [InlineData("--version", false, true)]
    [InlineData("migrate --version", false, true)]
    [InlineData("erase --version", false, true)]
    [InlineData("erase -h", true, false)]
    public void Help_and_the_version_may_be_asked_for_anywhere(string asked, bool help, bool version)
    {
        var line = Read(asked);

        Assert.Equal((null, help, version), (line.Refused, line.AsksForHelp, line.AsksForVersion));
    }

    [Fact]
    public void Help_names_every_command_and_option() => Assert.All(["migrate", "clients FILE.json", "--from DIRECTORY", "--check", "--version"],
        word => Assert.Contains(word, CommandLine.Help("Program", "serves", Commands), StringComparison.Ordinal));

    private static CommandLine Read(string line) => new(line.Split(' '), Commands);
}
