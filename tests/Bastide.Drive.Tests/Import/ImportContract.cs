using Bastide.Abstractions.Export;
using Bastide.Drive.Import;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Drive.Tests.Import;

public abstract class ImportContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_directory_comes_in_goes_out_the_same_and_comes_in_again_as_what_is_there()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        using var home = new TempDirectory();
        var from = Directory.CreateDirectory(Path.Combine(home.Path, "from")).FullName;
        Directory.CreateDirectory(Path.Combine(from, "a", "été", "vide"));
        await File.WriteAllTextAsync(Path.Combine(from, "a", "été", "b.txt"), "bee", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(from, "c.txt"), "sea", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(from, "empty"), "", Cancellation);
        File.SetLastWriteTimeUtc(Path.Combine(from, "c.txt"), new DateTime(2020, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        File.CreateSymbolicLink(Path.Combine(from, "link"), "/etc/passwd");
        await File.WriteAllTextAsync(Path.Combine(from, "a\nb"), "no name", Cancellation);
        var (first, errors) = await Import(workplace, alice, from);
        (first.Added, first.Updated, first.AlreadyThere, first.Refused).ShouldBe((3, 0, 0, 2));
        errors.ShouldContain(error => error.Contains("link: Links are not followed", StringComparison.Ordinal));
        (await workplace.Read(await workplace.At(alice, "a/été/b.txt"))).ShouldBe("bee");
        (await workplace.At(alice, "c.txt")).Modified.ShouldBe(new DateTimeOffset(2020, 2, 3, 4, 5, 6, TimeSpan.Zero));
        (await workplace.At(alice, "c.txt")).Type.ShouldBe("text/plain");

        // Again: what changed is a version, what was only touched is what is there.
        await File.WriteAllTextAsync(Path.Combine(from, "c.txt"), "see!", Cancellation);
        File.SetLastWriteTimeUtc(Path.Combine(from, "empty"), new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var (second, _) = await Import(workplace, alice, from);
        (second.Added, second.Updated, second.AlreadyThere, second.Refused).ShouldBe((0, 1, 2, 2));
        (await workplace.Versions.List(alice.Caller, alice.Account, (await workplace.At(alice, "c.txt")).Id, Cancellation)).ShouldNotBeNull().Versions.Count.ShouldBe(1);

        await workplace.Write(alice, "thrown.txt", "away");
        await workplace.Files.Trash(alice.Caller, alice.Account, (await workplace.At(alice, "thrown.txt")).Id, FileCondition.None, Cancellation);
        var to = Path.Combine(home.Path, "to");
        var written = 0L;
        await foreach (var count in workplace.Services.GetServices<IAccountExport>().Single(export => export.What == "files").Export(alice.Account, to, Cancellation)) written = count;
        written.ShouldBe(3);
        Directory.Exists(Path.Combine(to, "files", "a", "été", "vide")).ShouldBeTrue();
        (await File.ReadAllTextAsync(Path.Combine(to, "files", "c.txt"), Cancellation)).ShouldBe("see!");
        File.GetLastWriteTimeUtc(Path.Combine(to, "files", "a", "été", "b.txt")).ShouldBe(File.GetLastWriteTimeUtc(Path.Combine(from, "a", "été", "b.txt")), TimeSpan.FromMilliseconds(1));
        File.Exists(Path.Combine(to, "files", "thrown.txt")).ShouldBeFalse();
    }

    [Fact]
    public async Task One_file_comes_in_and_what_does_not_fit_is_told()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        await workplace.SetQuota(alice, 10);
        using var home = new TempDirectory();
        var (small, large) = (Path.Combine(home.Path, "small.txt"), Path.Combine(home.Path, "large.txt"));
        await File.WriteAllTextAsync(small, "12345", Cancellation);
        await File.WriteAllTextAsync(large, "1234567890", Cancellation);
        (await Import(workplace, alice, small)).Last.Added.ShouldBe(1);
        var (refused, errors) = await Import(workplace, alice, large);
        (refused.Added, refused.Refused).ShouldBe((0, 1));
        errors.ShouldHaveSingleItem().ShouldContain("no room");
    }

    static async Task<(FileImportProgress Last, List<string> Errors)> Import(DriveWorkplace workplace, DrivePerson person, string path)
    {
        FileImportProgress? last = null;
        var errors = new List<string>();
        await foreach (var step in workplace.Get<FileImport>().Run(person.Account, path, Cancellation))
        {
            last = step;
            errors.AddRange(step.Errors);
        }

        return (last!, errors);
    }
}
