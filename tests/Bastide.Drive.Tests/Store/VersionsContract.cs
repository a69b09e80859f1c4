using Bastide.Platform.Blobs;

namespace Bastide.Drive.Tests.Store;

public abstract class VersionsContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_file_held_is_listed_read_and_put_back_and_that_is_undone()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var file = await workplace.Write(alice, "a.txt", "first");
        workplace.Time.Advance(TimeSpan.FromMinutes(10));
        await workplace.Write(alice, "a.txt", "second!");
        // The same octets again are no version.
        await workplace.Write(alice, "a.txt", "second!");
        var version = (await Of(workplace, alice, file.Id)).ShouldHaveSingleItem();
        (version.Size, version.Author).ShouldBe((5, alice.Account));
        (await workplace.Usage(alice)).ShouldBe((12, 1));
        (await workplace.Versions.Restore(alice.Caller, alice.Account, file.Id, version.Id, Cancellation)).Refused.ShouldBeNull();
        (await workplace.Read(await workplace.At(alice, "a.txt"))).ShouldBe("first");
        var undone = (await Of(workplace, alice, file.Id))[0];
        await workplace.Versions.Restore(alice.Caller, alice.Account, file.Id, undone.Id, Cancellation);
        (await workplace.Read(await workplace.At(alice, "a.txt"))).ShouldBe("second!");
        foreach (var one in await Of(workplace, alice, file.Id)) (await workplace.Versions.Delete(alice.Caller, alice.Account, file.Id, one.Id, Cancellation)).Refused.ShouldBeNull();
        (await workplace.Usage(alice)).ShouldBe((7, 1));
    }

    [Fact]
    public async Task Versions_are_for_who_may_read_the_file_and_their_octets_are_kept()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        var file = await workplace.Write(alice, "a.txt", "first of alice");
        await workplace.Write(alice, "a.txt", "second of alice");
        (await workplace.Versions.List(bob.Caller, alice.Account, file.Id, Cancellation)).ShouldBeNull();
        var version = (await Of(workplace, alice, file.Id)).Single();
        (await workplace.Versions.Find(bob.Caller, alice.Account, file.Id, version.Id, Cancellation)).ShouldBeNull();
        (await workplace.Versions.Restore(bob.Caller, alice.Account, file.Id, version.Id, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.NotFound);
        var uploads = workplace.Get<BlobUploads>();
        (await uploads.MayRead(alice.Caller, alice.Account, version.Blob, Cancellation)).ShouldBeTrue();
        (await uploads.MayRead(bob.Caller, alice.Account, version.Blob, Cancellation)).ShouldBeFalse();
        workplace.Time.Advance(TimeSpan.FromDays(3));
        await uploads.Sweep(workplace.Get<BlobStore>(), Cancellation);
        (await workplace.Get<BlobStore>().Size(version.Blob, Cancellation)).ShouldBe(14);
    }

    [Fact]
    public async Task Of_many_versions_fewer_are_kept_the_older_they_are()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var file = await workplace.Write(alice, "a.txt", "0");
        // Ten days of a version every twenty minutes.
        for (var i = 1; i <= 200; i++)
        {
            workplace.Time.Advance(TimeSpan.FromMinutes(72));
            await workplace.Write(alice, "a.txt", $"{i}");
        }

        var versions = await Of(workplace, alice, file.Id);
        versions.Count.ShouldBeInRange(25, 35);
        (workplace.Time.GetUtcNow() - versions[^1].Replaced).ShouldBeGreaterThan(TimeSpan.FromDays(8));
        versions.Zip(versions.Skip(1), (later, earlier) => later.Replaced - earlier.Replaced).ShouldAllBe(gap => gap > TimeSpan.Zero);
    }

    static async Task<IReadOnlyList<FileVersion>> Of(DriveWorkplace workplace, DrivePerson person, long file) =>
        (await workplace.Versions.List(person.Caller, person.Account, file, Cancellation)).ShouldNotBeNull().Versions;
}
