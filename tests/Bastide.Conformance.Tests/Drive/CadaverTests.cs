using Bastide.Conformance.Imap;

namespace Bastide.Conformance.Drive;

/// <summary>The plain WebDAV clients of Debian: cadaver, curl, and a mount by davfs2.</summary>
public sealed class CadaverTests(DriveWorkplace drive) : IClassFixture<DriveWorkplace>
{
    [Fact]
    public async Task Cadaver_puts_moves_locks_and_deletes()
    {
        using var home = new TempDirectory();
        await File.WriteAllTextAsync(Path.Combine(home.Path, ".netrc"), $"machine localhost login {DriveWorkplace.Address("alice")} password {DriveWorkplace.Password}\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(home.Path, "a.txt"), "by cadaver", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(home.Path, "script"), """
            mkcol cadaver
            put a.txt cadaver/a.txt
            lock cadaver/a.txt
            put a.txt cadaver/a.txt
            unlock cadaver/a.txt
            copy cadaver/a.txt cadaver/b.txt
            move cadaver/b.txt cadaver/c.txt
            delete cadaver/a.txt
            ls cadaver
            get cadaver/c.txt back.txt
            quit

            """, TestContext.Current.CancellationToken);
        var (code, output) = await ClientProcess.Run("/bin/sh", ["-c", $"cd {home.Path} && exec cadaver {drive.Root("alice")} < script"], new Dictionary<string, string> { ["HOME"] = home.Path });
        code.ShouldBe(0, output);
        output.ShouldNotContain("failed");
        (await File.ReadAllTextAsync(Path.Combine(home.Path, "back.txt"), TestContext.Current.CancellationToken)).ShouldBe("by cadaver");
        using var alice = drive.Peer("alice");
        (await DriveWorkplace.Names(alice, "cadaver/", TestContext.Current.CancellationToken)).ShouldBe(["c.txt"]);
    }

    [Fact]
    public async Task Curl_sends_a_file_and_goes_on_reading_where_it_stopped()
    {
        using var home = new TempDirectory();
        var (sent, back) = (Path.Combine(home.Path, "sent"), Path.Combine(home.Path, "back"));
        var octets = new byte[3_000_000];
        new Random(3).NextBytes(octets);
        await File.WriteAllBytesAsync(sent, octets, TestContext.Current.CancellationToken);
        var (user, address) = ($"{DriveWorkplace.Address("bob")}:{DriveWorkplace.Password}", drive.Root("bob") + "curl.bin");
        await DriveWorkplace.Succeed("curl", "-sSf", "-u", user, "-T", sent, address);
        await File.WriteAllBytesAsync(back, octets[..1_000_001], TestContext.Current.CancellationToken);
        await DriveWorkplace.Succeed("curl", "-sSf", "-u", user, "-C", "-", "-o", back, address);
        (await File.ReadAllBytesAsync(back, TestContext.Current.CancellationToken)).ShouldBe(octets);
    }

    [Fact]
    public async Task A_mount_by_davfs2_writes_renames_and_reads()
    {
        Assert.SkipUnless(File.Exists("/dev/fuse") && Environment.UserName == "root", "A mount needs root and FUSE.");
        using var home = new TempDirectory();
        // The program gives up root's rights before it writes to its cache.
        await DriveWorkplace.Succeed("chmod", "777", home.Path, Directory.CreateDirectory(Path.Combine(home.Path, "cache")).FullName);
        var mount = Directory.CreateDirectory(Path.Combine(home.Path, "mount")).FullName;
        var (config, secrets) = (Path.Combine(home.Path, "davfs2.conf"), Path.Combine(home.Path, "secrets"));
        await File.WriteAllTextAsync(config, $"secrets {secrets}\ncache_dir {home.Path}/cache\ndelay_upload 0\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(secrets, $"{drive.Root("chloe")} {DriveWorkplace.Address("chloe")} {DriveWorkplace.Password}\n", TestContext.Current.CancellationToken);
        await DriveWorkplace.Succeed("chmod", "600", secrets);
        await DriveWorkplace.Succeed("mount", "-t", "davfs", "-o", $"conf={config}", drive.Root("chloe").ToString(), mount);
        try
        {
            Directory.CreateDirectory(Path.Combine(mount, "mounted"));
            await File.WriteAllTextAsync(Path.Combine(mount, "mounted", "été.txt"), "from a mount", TestContext.Current.CancellationToken);
            Directory.Move(Path.Combine(mount, "mounted"), Path.Combine(mount, "renamed"));
            (await File.ReadAllTextAsync(Path.Combine(mount, "renamed", "été.txt"), TestContext.Current.CancellationToken)).ShouldBe("from a mount");
        }
        finally
        {
            await DriveWorkplace.Succeed("umount", mount);
        }

        using var chloe = drive.Peer("chloe");
        (await DriveWorkplace.Names(chloe, "renamed/", TestContext.Current.CancellationToken)).ShouldBe(["été.txt"]);
        (await chloe.GetStringAsync("renamed/%C3%A9t%C3%A9.txt", TestContext.Current.CancellationToken)).ShouldBe("from a mount");
    }
}
