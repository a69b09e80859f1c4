namespace Bastide.Cli.Tests;

/// <summary>Help, wrong usage, and what cannot be done, without a server.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("serve")]
    [InlineData("domain add")]
    [InlineData("domain list")]
    [InlineData("domain remove")]
    [InlineData("user add")]
    [InlineData("user list")]
    [InlineData("user disable")]
    [InlineData("user enable")]
    [InlineData("user remove")]
    [InlineData("user password")]
    [InlineData("app-password add")]
    [InlineData("import")]
    [InlineData("")]
    public async Task Every_command_helps(string command)
    {
        var (code, output, error) = await new CommandLine(null).Type("", [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        (code, error).ShouldBe((0, ""));
        output.ShouldContain("Usage:");
        output.ShouldContain("--data");
        foreach (var option in command switch { "user add" => (string[])["--name", "--admin", "--password-stdin"], "user password" => ["--password-stdin"], "app-password add" => ["--label"], "user list" or "domain list" => ["--json"], _ => [] })
            output.ShouldContain(option);
    }

    [Theory]
    [InlineData("user")]
    [InlineData("user add")]
    [InlineData("user dance alice@demo.localhost")]
    [InlineData("user add a@demo.localhost --colour red")]
    [InlineData("user disable a@demo.localhost b@demo.localhost")]
    [InlineData("app-password add a@demo.localhost")]
    [InlineData("domain remove")]
    [InlineData("nonsense")]
    public async Task Wrong_usage_ends_with_two_and_leaves_no_trace(string line)
    {
        using var home = new TempDirectory();
        var data = Path.Combine(home.Path, "data");
        var (code, output, error) = await new CommandLine(data).Type("", line.Split(' '));
        code.ShouldBe(2, error);
        output.ShouldBeEmpty();
        error.ShouldContain("bastide --help");
        Directory.Exists(data).ShouldBeFalse();
    }

    [Fact]
    public async Task The_first_administrator_may_come_before_the_first_start()
    {
        using var home = new TempDirectory();
        var bastide = new CommandLine(Path.Combine(home.Path, "data"));
        (await bastide.Fails("user", "list")).ShouldStartWith("There is no workplace in ");
        Directory.Exists(Path.Combine(home.Path, "data")).ShouldBeFalse();
        await bastide.Do("user", "add", "chief@demo.localhost", "--admin");
        (await bastide.List("user")).Single()["isAdministrator"]!.GetValue<bool>().ShouldBeTrue();
        (await bastide.List("domain")).Single()["isPrimary"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_and_a_setting_that_cannot_be_are_one_line()
    {
        using var home = new TempDirectory();
        var unreachable = new CommandLine(home.Path, new Dictionary<string, string> { ["BASTIDE_DATABASE"] = "Host=127.0.0.1;Port=1;Username=nobody;Timeout=2" });
        (await unreachable.Fails("user", "list")).ShouldStartWith("The database cannot be used: ");
        var wrong = new CommandLine(home.Path, new Dictionary<string, string> { ["BASTIDE_URL"] = "somewhere" });
        (await wrong.Fails("user", "list")).ShouldContain("BASTIDE_URL");
        var file = Path.Combine(home.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        (await new CommandLine(file).Fails("user", "add", "chief@demo.localhost")).ShouldNotBeEmpty();
    }
}
