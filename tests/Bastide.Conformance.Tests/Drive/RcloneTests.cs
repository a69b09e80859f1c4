namespace Bastide.Conformance.Drive;

/// <summary>rclone of Debian keeps a directory and a folder the same, both ways.</summary>
public sealed class RcloneTests(DriveWorkplace drive) : IClassFixture<DriveWorkplace>
{
    const int Files = 120;

    [Fact]
    public async Task A_tree_goes_up_and_down_and_is_the_same_by_its_checksums()
    {
        using var home = new TempDirectory();
        var here = Path.Combine(home.Path, "here");
        DriveWorkplace.Fill(here, Files);
        var config = Path.Combine(home.Path, "rclone.conf");
        var obscured = (await DriveWorkplace.Succeed("rclone", "obscure", DriveWorkplace.Password)).Trim();
        await File.WriteAllTextAsync(config, $"""
            [drive]
            type = webdav
            url = {drive.Workplace.Url}remote.php/dav/files/{DriveWorkplace.Address("bob")}/
            vendor = nextcloud
            user = {DriveWorkplace.Address("bob")}
            pass = {obscured}
            """, TestContext.Current.CancellationToken);
        Task<string> Rclone(params string[] arguments) => DriveWorkplace.Succeed("rclone", ["--config", config, "--transfers", "8", .. arguments]);

        await Rclone("sync", here, "drive:rclone");
        var check = await Rclone("check", here, "drive:rclone");
        check.ShouldContain("0 differences found");
        check.ShouldNotContain("could not be checked");
        (await Rclone("sync", here, "drive:rclone", "-v")).ShouldContain("Transferred:   \t          0 B / 0 B");

        var there = Path.Combine(home.Path, "there");
        await Rclone("sync", "drive:rclone", there);
        DriveWorkplace.Contents(there).ShouldBe(DriveWorkplace.Contents(here), ignoreOrder: true);

        // What changed, moved and went here does so there.
        var some = Directory.EnumerateFiles(here, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        await File.AppendAllTextAsync(some[0], "changed", TestContext.Current.CancellationToken);
        File.Delete(some[1]);
        File.Move(some[2], Path.Combine(here, "moved.txt"));
        await Rclone("sync", here, "drive:rclone", "--track-renames");
        await Rclone("sync", "drive:rclone", there);
        DriveWorkplace.Contents(there).ShouldBe(DriveWorkplace.Contents(here), ignoreOrder: true);
    }
}
