using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Bastide.Platform.Db;

namespace Bastide.Cli.Tests;

/// <summary>The commands on a workplace that runs meanwhile, another process on the same data.</summary>
public abstract class CommandContract(Engine engine) : IAsyncLifetime
{
    readonly Dictionary<string, string> _environment = new() { ["BASTIDE_TEST__NOLIMITS"] = "true" };
    RunningWorkplace _server = null!;
    string? _database;

    CommandLine Bastide => new(_server.Data, _environment);

    public async ValueTask InitializeAsync()
    {
        if (engine == Engine.Postgres) _environment["BASTIDE_DATABASE"] = _database = await (await PostgresCluster.Shared()).CreateDatabase();
        _server = await RunningWorkplace.Start(demo: false, _environment);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        if (_database is not null) await (await PostgresCluster.Shared()).DropDatabase(_database);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Domains_are_added_listed_and_removed()
    {
        (await Bastide.Do("domain", "add", "Exämple.org")).ShouldBe("xn--exmple-cua.org");
        (await Bastide.Do("domain", "list")).ShouldBe("demo.localhost (primary)\nxn--exmple-cua.org");
        var listed = await Bastide.List("domain");
        listed.Select(d => $"{d["name"]} {d["isPrimary"]}").ShouldBe(["demo.localhost true", "xn--exmple-cua.org false"]);
        (await Bastide.Fails("domain", "add", "exämple.org")).ShouldBe("xn--exmple-cua.org is here already.");
        (await Bastide.Fails("domain", "add", "not a domain")).ShouldContain("is not a domain name");
        await Bastide.Do("user", "add", "last@exämple.org");
        (await Bastide.Fails("domain", "remove", "exämple.org")).ShouldContain("still has addresses");
        await Bastide.Do("user", "remove", "last@exämple.org");
        (await Bastide.Do("domain", "remove", "exämple.org")).ShouldBeEmpty();
        (await Bastide.Fails("domain", "remove", "exämple.org")).ShouldStartWith("There is no domain");
        (await Bastide.Fails("domain", "remove", "demo.localhost")).ShouldContain("primary");
    }

    [Fact]
    public async Task Contacts_and_files_come_in_once_and_go_out_into_a_directory_of_their_own()
    {
        using var directory = new TempDirectory();
        var (file, to) = (Path.Combine(directory.Path, "people.vcf"), Path.Combine(directory.Path, "out"));
        await Bastide.Do("user", "add", "vera@demo.localhost");
        await File.WriteAllTextAsync(file, "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:ana\r\nFN:Ana\r\nEND:VCARD\r\nnoise\r\n");
        var (code, output, error) = await Bastide.Type("", "import", "vera@demo.localhost", "vcf", file);
        (code, error.TrimEnd()).ShouldBe((1, $"{file}: Line 6: Here a card would begin with BEGIN:VCARD."));
        output.ShouldContain("1 imported, 0 already there, 1 refused");
        (await Bastide.Type("", "import", "vera@demo.localhost", "vcf", file)).Output.ShouldContain("0 imported, 1 already there, 1 refused");
        (await Bastide.Fails("import", "vera@demo.localhost", "vcf", to)).ShouldStartWith("There is nothing at");
        var files = Directory.CreateDirectory(Path.Combine(directory.Path, "files", "été")).Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(files, "été", "plan.txt"), "the plan");
        (await Bastide.Type("", "import", "vera@demo.localhost", "files", files)).Output.ShouldContain("1 imported, 0 updated, 0 already there, 0 refused");
        (await Bastide.Type("", "import", "vera@demo.localhost", "files", files)).Output.ShouldContain("0 imported, 0 updated, 1 already there, 0 refused");
        (await Bastide.Do("export", "vera@demo.localhost", to)).ReplaceLineEndings("\n").ShouldBe("1 cards\n0 calendar objects\n1 files");
        (await File.ReadAllTextAsync(Path.Combine(to, "files", "été", "plan.txt"))).ShouldBe("the plan");
        (await File.ReadAllTextAsync(Path.Combine(to, "contacts", "Contacts.vcf"))).ShouldBe("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:ana\r\nFN:Ana\r\nEND:VCARD\r\n");
        (await Bastide.Fails("export", "vera@demo.localhost", to)).ShouldContain("is not empty");
        (await Bastide.Fails("export", "nobody@demo.localhost", to + "2")).ShouldContain("nobody@demo.localhost");
    }

    [Fact]
    public async Task A_person_is_added_with_a_password_made_or_given_and_can_sign_in_at_once()
    {
        var made = await Bastide.Do("user", "add", "Paula@demo.localhost", "--name", "Paula Älg", "--admin");
        made.ShouldMatch("^[a-z2-9]{4}(-[a-z2-9]{4}){4}$");
        (await Status("paula@demo.localhost", made)).ShouldBe(HttpStatusCode.OK);
        (await Bastide.DoWith("a password of my own\n", "user", "add", "pedro@demo.localhost", "--password-stdin")).ShouldBeEmpty();
        (await Status("pedro@demo.localhost", "a password of my own")).ShouldBe(HttpStatusCode.OK);

        var listed = await Bastide.List("user");
        listed.Select(u => $"{u["address"]} {u["name"]} {u["isAdministrator"]} {u["isDisabled"]} {u["hasSecondFactor"]}").ShouldBe(
            ["paula@demo.localhost Paula Älg true false false", "pedro@demo.localhost pedro false false false"]);
        (await Bastide.Do("user", "list")).ShouldBe("paula@demo.localhost\tPaula Älg\tadministrator\npedro@demo.localhost\tpedro");

        (await Bastide.Fails("user", "add", "paula@demo.localhost")).ShouldBe("paula@demo.localhost belongs to somebody already.");
        (await Bastide.Fails("user", "add", "paula@nowhere.example")).ShouldContain("bastide domain add nowhere.example");
        (await Bastide.Fails("user", "add", "paula")).ShouldContain("is not an address");
        (await Bastide.Fails("user", "add", "other@demo.localhost", "--password-stdin")).ShouldBe("Standard input gave no password.");
        var (code, _, error) = await Bastide.Type("short\n", "user", "add", "other@demo.localhost", "--password-stdin");
        (code, error.TrimEnd()).ShouldBe((1, "The password is too short: use 10 characters or more."));
        (await Bastide.Fails("user", "remove", "paula@demo.localhost")).ShouldContain("last administrator");
    }

    [Fact]
    public async Task Disabling_a_person_ends_what_they_have_open_and_enabling_lets_them_in_again()
    {
        var password = await Bastide.Do("user", "add", "dora@demo.localhost");
        var program = await Bastide.Do("app-password", "add", "dora@demo.localhost", "--label", "@ home");
        using var open = new HttpClient { BaseAddress = _server.Url, Timeout = Timeout.InfiniteTimeSpan };
        open.DefaultRequestHeaders.Authorization = Basic("dora@demo.localhost", password);
        using var events = await open.GetAsync("jmap/eventsource?types=*&closeafter=no&ping=0", HttpCompletionOption.ResponseHeadersRead);
        events.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var stream = await events.Content.ReadAsStreamAsync();

        (await Bastide.Do("user", "disable", "dora@demo.localhost")).ShouldBeEmpty();
        await Wait.For(UntilItEnds(stream));
        (await Status("dora@demo.localhost", password)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Status("dora@demo.localhost", program)).ShouldBe(HttpStatusCode.Unauthorized);
        (await Bastide.List("user")).Single()["isDisabled"]!.GetValue<bool>().ShouldBeTrue();
        (await Bastide.Do("user", "disable", "dora@demo.localhost")).ShouldBeEmpty();

        await Bastide.Do("user", "enable", "dora@demo.localhost");
        await Wait.Until(async () => await Status("dora@demo.localhost", program) == HttpStatusCode.OK, "the app password works again");
        (await Status("dora@demo.localhost", password)).ShouldBe(HttpStatusCode.OK);
        (await Bastide.Fails("user", "disable", "nobody@demo.localhost")).ShouldBe("There is nobody with the address nobody@demo.localhost.");
    }

    [Fact]
    public async Task A_new_password_replaces_the_old_one_and_leaves_app_passwords()
    {
        var first = await Bastide.Do("user", "add", "petra@demo.localhost");
        var program = await Bastide.Do("app-password", "add", "petra@demo.localhost", "--label", "Thunderbird");
        (await Status("petra@demo.localhost", first)).ShouldBe(HttpStatusCode.OK);
        var second = await Bastide.Do("user", "password", "petra@demo.localhost");
        await Wait.Until(async () => await Status("petra@demo.localhost", first) == HttpStatusCode.Unauthorized, "the old password is refused");
        (await Status("petra@demo.localhost", second)).ShouldBe(HttpStatusCode.OK);
        (await Bastide.DoWith("one more long password\n", "user", "password", "petra@demo.localhost", "--password-stdin")).ShouldBeEmpty();
        (await Status("petra@demo.localhost", "one more long password")).ShouldBe(HttpStatusCode.OK);
        (await Status("petra@demo.localhost", program)).ShouldBe(HttpStatusCode.OK);
        (await Bastide.Fails("app-password", "add", "nobody@demo.localhost", "--label", "x")).ShouldContain("nobody@demo.localhost");
        await Bastide.Do("user", "remove", "petra@demo.localhost");
        await Wait.Until(async () => await Status("petra@demo.localhost", program) == HttpStatusCode.Unauthorized, "nothing of a removed person is let in");
    }

    static AuthenticationHeaderValue Basic(string user, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    static async Task UntilItEnds(Stream stream)
    {
        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer) > 0)
            {
                // Events and comments before the end are of no interest here.
            }
        }
        catch (IOException)
        {
            // The server cut it off.
        }
    }

    async Task<HttpStatusCode> Status(string user, string password)
    {
        using var http = new HttpClient { BaseAddress = _server.Url };
        http.DefaultRequestHeaders.Authorization = Basic(user, password);
        using var answer = await http.GetAsync("jmap/session");
        return answer.StatusCode;
    }
}

public sealed class CommandsOnSqlite() : CommandContract(Engine.Sqlite);

public sealed class CommandsOnPostgres() : CommandContract(Engine.Postgres);
