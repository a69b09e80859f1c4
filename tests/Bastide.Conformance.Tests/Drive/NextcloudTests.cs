using System.Text.RegularExpressions;

namespace Bastide.Conformance.Drive;

/// <summary>The desktop program of Nextcloud, as <c>nextcloudcmd</c> of Debian, keeps two directories and the files of a person the same.</summary>
public sealed partial class NextcloudTests(DriveWorkplace drive) : IClassFixture<DriveWorkplace>
{
    const int Files = 150;

    /// <summary>More than the program sends in one part.</summary>
    const int Large = 45_000_000;

    [Fact]
    public async Task Two_machines_and_the_server_hold_the_same_after_changes_renames_removals_and_a_conflict()
    {
        using var home = new TempDirectory();
        var (one, other) = (Path.Combine(home.Path, "one"), Directory.CreateDirectory(Path.Combine(home.Path, "other")).FullName);
        DriveWorkplace.Fill(one, Files);
        var octets = new byte[Large];
        new Random(1).NextBytes(octets);
        await File.WriteAllBytesAsync(Path.Combine(one, "large.bin"), octets, TestContext.Current.CancellationToken);
        var up = await Sync(one);
        up.ShouldContain("/remote.php/dav/uploads/");
        Changes(await Sync(one)).ShouldBeEmpty();
        await Sync(other);
        DriveWorkplace.Contents(other).ShouldBe(DriveWorkplace.Contents(one), ignoreOrder: true);
        Changes(await Sync(other)).ShouldBeEmpty();

        // A folder that is renamed is moved there, and what is in it is not sent again.
        Directory.Move(Path.Combine(one, "dossier 1"), Path.Combine(one, "renommé"));
        Directory.Delete(Path.Combine(one, "dossier 2"), recursive: true);
        File.Move(Path.Combine(one, "large.bin"), Path.Combine(one, "dossier 3", "larger.bin"));
        var both = Directory.EnumerateFiles(Path.Combine(one, "dossier 4"), "*", SearchOption.AllDirectories).First();
        var theirs = Path.Combine(other, Path.GetRelativePath(one, both));
        await File.AppendAllTextAsync(both, "one", TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(theirs, "the other", TestContext.Current.CancellationToken);
        // Its moment must not be that of the one on the server: the program tells files apart by it first.
        File.SetLastWriteTimeUtc(theirs, File.GetLastWriteTimeUtc(both).AddSeconds(10));
        var changes = Changes(await Sync(one));
        changes.Count(change => change.StartsWith("MOVE", StringComparison.Ordinal)).ShouldBe(2);
        changes.ShouldNotContain(change => change.Contains("larger.bin", StringComparison.Ordinal) && !change.StartsWith("MOVE", StringComparison.Ordinal));
        await Sync(other);
        var conflict = Directory.EnumerateFiles(other, "*conflict*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(conflict, TestContext.Current.CancellationToken)).ShouldEndWith("the other");
        File.Delete(conflict);
        DriveWorkplace.Contents(other).ShouldBe(DriveWorkplace.Contents(one), ignoreOrder: true);
    }

    Task<string> Sync(string directory) =>
        DriveWorkplace.Succeed("nextcloudcmd", "--non-interactive", "--trust", "-u", DriveWorkplace.Address("chloe"), "-p", DriveWorkplace.Password, directory, drive.Workplace.Url.ToString());

    /// <summary>What the program asked to be changed.</summary>
    static List<string> Changes(string log) => [.. Request().Matches(log).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")];

    // Of the requests whose verb it does not name, 3 is what sends something.
    [GeneratedRegex("""accessmanager \]:\s+(?:6 "(MOVE|MKCOL|DELETE)"|(?:3|5) "") "([^"]+)" has""")]
    private static partial Regex Request();
}
