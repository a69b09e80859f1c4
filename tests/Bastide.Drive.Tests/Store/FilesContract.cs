using System.Text;
using Bastide.Platform.Accounts;
using Bastide.Platform.Locks;

namespace Bastide.Drive.Tests.Store;

public abstract class FilesContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_found_by_its_names_read_and_told_in_the_folders_above_it()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var file = await workplace.Write(alice, "Projets/été/Plan.txt", "the plan");
        (await workplace.Read(await workplace.At(alice, "Projets/été/Plan.txt"))).ShouldBe("the plan");
        // A Mac writes é as e and an accent.
        (await workplace.At(alice, "Projets/e\u0301te\u0301/Plan.txt")).Id.ShouldBe(file.Id);
        (await workplace.Find(alice, "Projets/été/plan.txt")).ShouldBeNull();
        (await workplace.Find(alice, "Projets/été/Plan.txt/x")).ShouldBeNull();
        var top = await workplace.At(alice, "Projets");
        top.Size.ShouldBe(8);
        (await workplace.Usage(alice)).ShouldBe((8, 3));
        var before = top.ETag;
        await workplace.Write(alice, "Projets/été/Plan.txt", "another plan");
        top = await workplace.At(alice, "Projets");
        (top.Size, top.ETag == before).ShouldBe((12, false));
        (await workplace.At(alice, "")).Size.ShouldBe(12);
    }

    [Fact]
    public async Task A_tree_is_moved_with_all_below_it_and_keeps_its_numbers()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var file = await workplace.Write(alice, "a/b/c.txt", "content");
        var target = await workplace.Folder(alice, "x/y");
        var a = await workplace.At(alice, "a");
        var moved = await workplace.Files.Move(alice.Caller, alice.Account, a.Id, new FilePlace(alice.Account, target.Id, "renamed"), FileCondition.None, FileCondition.None, Cancellation);
        moved.Refused.ShouldBeNull();
        (await workplace.At(alice, "x/y/renamed/b/c.txt")).Id.ShouldBe(file.Id);
        (await workplace.At(alice, "x")).Size.ShouldBe(7);
        (await workplace.Find(alice, "a")).ShouldBeNull();
        (await workplace.Usage(alice)).ShouldBe((7, 5));

        // Not into itself, nor over something that is there.
        var x = await workplace.At(alice, "x");
        (await workplace.Files.Move(alice.Caller, alice.Account, x.Id, new FilePlace(alice.Account, target.Id, "in"), FileCondition.None, FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.InvalidPlace);
        await workplace.Write(alice, "other.txt", "other");
        var other = await workplace.At(alice, "other.txt");
        var place = new FilePlace(alice.Account, target.Id, "renamed");
        (await workplace.Files.Move(alice.Caller, alice.Account, other.Id, place, FileCondition.None, FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.AlreadyExists);
        (await workplace.Files.Move(alice.Caller, alice.Account, other.Id, place with { Renames = true }, FileCondition.None, FileCondition.None, Cancellation)).Node!.Name.ShouldBe("renamed (2)");
        (await workplace.Names(alice, "x/y")).ShouldBe(["renamed", "renamed (2)"]);
    }

    [Fact]
    public async Task A_tree_is_copied_level_by_level_with_what_programs_set_on_it()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        await workplace.Write(alice, "a/1.txt", "one");
        var deep = await workplace.Write(alice, "a/b/c/2.txt", "two!");
        await workplace.Files.Patch(alice.Caller, alice.Account, deep.Id, new FileFacts(), [("{urn:x}colour", "<x:colour xmlns:x=\"urn:x\">red</x:colour>")], FileCondition.None, Cancellation);
        var (a, root) = (await workplace.At(alice, "a"), await workplace.At(alice, ""));
        var copied = await workplace.Files.Copy(alice.Caller, alice.Account, a.Id, new FilePlace(alice.Account, root.Id, "copy"), withMembers: true, FileCondition.None, Cancellation);
        copied.Refused.ShouldBeNull();
        var copy = await workplace.At(alice, "copy/b/c/2.txt");
        (await workplace.Read(copy)).ShouldBe("two!");
        copy.Id.ShouldNotBe(deep.Id);
        (await workplace.Nodes.Properties([copy.Id], Cancellation))[copy.Id].ShouldHaveSingleItem().Name.ShouldBe("{urn:x}colour");
        (await workplace.At(alice, "copy")).Size.ShouldBe(7);
        (await workplace.At(alice, "copy/b")).Size.ShouldBe(4);
        (await workplace.Usage(alice)).ShouldBe((14, 10));
        // The folder alone.
        await workplace.Files.Copy(alice.Caller, alice.Account, a.Id, new FilePlace(alice.Account, root.Id, "bare"), withMembers: false, FileCondition.None, Cancellation);
        ((await workplace.Names(alice, "bare")).Count, (await workplace.At(alice, "bare")).Size).ShouldBe((0, 0));
        // Two copies in a row of one tree do not take each other's members.
        await workplace.Files.Copy(alice.Caller, alice.Account, a.Id, new FilePlace(alice.Account, root.Id, "again"), withMembers: true, FileCondition.None, Cancellation);
        (await workplace.Names(alice, "again")).ShouldBe(["1.txt", "b"]);
    }

    [Fact]
    public async Task What_is_thrown_away_comes_back_where_it_was_or_is_destroyed()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var file = await workplace.Write(alice, "a/b/c.txt", "content");
        var a = await workplace.At(alice, "a");
        (await workplace.Files.Trash(alice.Caller, alice.Account, a.Id, FileCondition.None, Cancellation)).Refused.ShouldBeNull();
        (await workplace.Names(alice, "")).ShouldBeEmpty();
        (await workplace.At(alice, "")).Size.ShouldBe(0);
        (await workplace.Usage(alice)).ShouldBe((7, 3));
        var trashed = (await workplace.Trash.List(alice.Caller, alice.Account, null, 10, Cancellation)).ShouldHaveSingleItem();
        (trashed.Trashed.Name, trashed.Trashed.Path).ShouldBe(("a", ""));

        // Something has the name by now.
        await workplace.Write(alice, "a", "in the way");
        var back = await workplace.Files.Restore(alice.Caller, alice.Account, a.Id, null, Cancellation);
        back.Node!.Name.ShouldBe("a (2)");
        (await workplace.At(alice, "a (2)/b/c.txt")).Id.ShouldBe(file.Id);
        (await workplace.Trash.List(alice.Caller, alice.Account, null, 10, Cancellation)).ShouldBeEmpty();

        // The folder it stood in is gone: it comes to the root.
        await workplace.Files.Trash(alice.Caller, alice.Account, file.Id, FileCondition.None, Cancellation);
        await workplace.Files.Destroy(alice.Caller, alice.Account, a.Id, withMembers: true, Cancellation);
        (await workplace.Files.Restore(alice.Caller, alice.Account, file.Id, null, Cancellation)).Refused.ShouldBeNull();
        (await workplace.Names(alice, "")).ShouldBe(["a", "c.txt"]);
        await workplace.Files.Trash(alice.Caller, alice.Account, file.Id, FileCondition.None, Cancellation);
        (await workplace.Trash.Empty(alice.Caller, alice.Account, Cancellation)).ShouldBe(1);
        (await workplace.Usage(alice)).ShouldBe((10, 1));
    }

    [Fact]
    public async Task What_was_in_the_trash_for_long_is_destroyed()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var old = await workplace.Write(alice, "old.txt", "old");
        await workplace.Files.Trash(alice.Caller, alice.Account, old.Id, FileCondition.None, Cancellation);
        workplace.Time.Advance(FileTrash.Kept - TimeSpan.FromHours(1));
        var fresh = await workplace.Write(alice, "fresh.txt", "fresh");
        await workplace.Files.Trash(alice.Caller, alice.Account, fresh.Id, FileCondition.None, Cancellation);
        workplace.Time.Advance(TimeSpan.FromHours(2));
        await workplace.Trash.EmptyOld(Cancellation);
        (await workplace.Trash.List(alice.Caller, alice.Account, null, 10, Cancellation)).Select(trashed => trashed.Trashed.Name).ShouldBe(["fresh.txt"]);
        (await workplace.Usage(alice)).ShouldBe((5, 1));
    }

    [Fact]
    public async Task Nobody_else_sees_anything_and_who_was_given_a_folder_sees_that_and_the_way_to_it()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        await workplace.Write(alice, "private/secret.txt", "secret");
        await workplace.Write(alice, "work/common/plan.txt", "plan");
        await workplace.Write(alice, "work/own.txt", "own");
        (await workplace.Find(bob, "", alice)).ShouldBeNull();
        (await workplace.Find(bob, "work/common", alice)).ShouldBeNull();
        var common = await workplace.At(alice, "work/common");
        await workplace.Give(alice, bob, Rights.Reader, common.Id);
        (await workplace.Names(bob, "", alice)).ShouldBe(["work"]);
        (await workplace.Names(bob, "work", alice)).ShouldBe(["common"]);
        var plan = await workplace.At(bob, "work/common/plan.txt", alice);
        (await workplace.Find(bob, "work/own.txt", alice)).ShouldBeNull();
        (await workplace.Find(bob, "private/secret.txt", alice)).ShouldBeNull();

        // Reading is not writing.
        (await workplace.Files.SetContent(bob.Caller, alice.Account, plan.Id, await workplace.Stored("x"), FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.Forbidden);
        (await workplace.Files.Trash(bob.Caller, alice.Account, plan.Id, FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.Forbidden);
        await workplace.Give(alice, bob, Rights.Reader | Rights.Write, common.Id);
        (await workplace.Files.SetContent(bob.Caller, alice.Account, plan.Id, await workplace.Stored("x"), FileCondition.None, Cancellation)).Refused.ShouldBeNull();
        // What is elsewhere does not exist, whatever is tried with its number.
        var own = await workplace.At(alice, "work/own.txt");
        (await workplace.Files.SetContent(bob.Caller, alice.Account, own.Id, await workplace.Stored("x"), FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.NotFound);
        (await workplace.Files.Move(bob.Caller, alice.Account, plan.Id, new FilePlace(alice.Account, (await workplace.At(alice, "private")).Id, "plan.txt"), FileCondition.None, FileCondition.None, Cancellation)).Refused.ShouldNotBeNull();
        // A copy of what one may read is one's own.
        (await workplace.Files.Copy(bob.Caller, alice.Account, common.Id, new FilePlace(bob.Account, (await workplace.At(bob, "")).Id, "mine"), withMembers: true, FileCondition.None, Cancellation)).Refused.ShouldBeNull();
        (await workplace.Read(await workplace.At(bob, "mine/plan.txt"))).ShouldBe("x");
        // What was thrown away is for who has the whole.
        await workplace.Files.Trash(alice.Caller, alice.Account, common.Id, FileCondition.None, Cancellation);
        (await workplace.Find(bob, "", alice))?.Rights.ShouldBe(Rights.None);
        (await workplace.Nodes.Find(bob.Caller, alice.Account, [plan.Id], Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tree_is_moved_to_another_account_and_stays_in_the_trash_of_the_first()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var team = await workplace.AddTeam("sales", alice);
        await workplace.Write(alice, "offers/2026/a.txt", "offer");
        var (offers, root) = (await workplace.At(alice, "offers"), await workplace.At(alice, "", team));
        (await workplace.Files.Move(alice.Caller, alice.Account, offers.Id, new FilePlace(team.Account, root.Id, "offers"), FileCondition.None, FileCondition.None, Cancellation)).Refused.ShouldBeNull();
        (await workplace.Read(await workplace.At(alice, "offers/2026/a.txt", team))).ShouldBe("offer");
        (await workplace.Names(alice, "")).ShouldBeEmpty();
        (await workplace.Trash.List(alice.Caller, alice.Account, null, 10, Cancellation)).ShouldHaveSingleItem();
        (await workplace.Usage(team)).ShouldBe((5, 3));
    }

    [Fact]
    public async Task Of_those_who_make_or_replace_the_same_at_the_same_moment_one_is_believed()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var root = await workplace.At(alice, "");
        var contents = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => workplace.Stored($"content {i}")));
        var made = await Task.WhenAll(contents.Select(content => workplace.Files.Put(alice.Caller, alice.Account, root.Id, "new.txt", content, null, new FileCondition(MustBeNew: true), Cancellation)));
        made.Count(outcome => outcome.Refused is null).ShouldBe(1);
        var etag = made.Single(outcome => outcome.Refused is null).Node!.ETag;
        var replaced = await Task.WhenAll(contents.Select((_, i) => workplace.Files.Put(alice.Caller, alice.Account, root.Id, "new.txt", contents[i] with { Modified = workplace.Time.GetUtcNow().AddMinutes(i) }, null, new FileCondition(etag), Cancellation)));
        replaced.Count(outcome => outcome.Refused is null).ShouldBe(1);
        var folders = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => workplace.Files.MakeFolder(alice.Caller, alice.Account, root.Id, "folder", new FileFacts(), [], FileCondition.None, Cancellation)));
        folders.Count(outcome => outcome.Refused is null).ShouldBe(1);
        folders.Where(outcome => outcome.Refused is not null).ShouldAllBe(outcome => outcome.Refused!.Failure == FileFailure.AlreadyExists);
    }

    [Fact]
    public async Task Nothing_is_stored_that_does_not_fit_and_nothing_of_a_refused_change_stays()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var file = await workplace.Write(alice, "a.txt", new string('a', 60));
        await workplace.SetQuota(alice, 100);
        var root = await workplace.At(alice, "");
        (await workplace.Files.Put(alice.Caller, alice.Account, root.Id, "b.txt", await workplace.Stored(new string('b', 60)), null, FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.OverQuota);
        (await workplace.Files.Copy(alice.Caller, alice.Account, file.Id, new FilePlace(alice.Account, root.Id, "c.txt"), true, FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.OverQuota);
        // A copy over another file throws that away first: refused, it is still there.
        await workplace.Write(alice, "d.txt", "ddd");
        (await workplace.Files.Copy(alice.Caller, alice.Account, file.Id, new FilePlace(alice.Account, root.Id, "d.txt", Replaces: true), true, FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.OverQuota);
        (await workplace.Read(await workplace.At(alice, "d.txt"))).ShouldBe("ddd");
        (await workplace.Usage(alice)).ShouldBe((63, 2));
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("half a character: ?")]
    public async Task What_is_no_name_is_refused(string said)
    {
        var name = said.Replace('?', '\ud800');
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var root = await workplace.At(alice, "");
        (await workplace.Files.MakeFolder(alice.Caller, alice.Account, root.Id, name, new FileFacts(), [], FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.InvalidName);
    }

    [Fact]
    public async Task A_name_has_255_octets_and_folders_stand_in_one_another_as_deep_as_they_may()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var folder = await workplace.At(alice, "");
        (await workplace.Files.MakeFolder(alice.Caller, alice.Account, folder.Id, new string('é', 128), new FileFacts(), [], FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.InvalidName);
        (await workplace.Files.MakeFolder(alice.Caller, alice.Account, folder.Id, new string('é', 127) + "x", new FileFacts(), [], FileCondition.None, Cancellation)).Refused.ShouldBeNull();
        for (var i = 0; i < Files.Deepest; i++) folder = (await workplace.Files.MakeFolder(alice.Caller, alice.Account, folder.Id, "d", new FileFacts(), [], FileCondition.None, Cancellation)).Node.ShouldNotBeNull();
        (await workplace.Files.MakeFolder(alice.Caller, alice.Account, folder.Id, "d", new FileFacts(), [], FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.InvalidPlace);
        // Nor by putting one deep tree into another.
        var d = await workplace.At(alice, "d");
        var other = await workplace.Folder(alice, "other");
        (await workplace.Files.Move(alice.Caller, alice.Account, d.Id, new FilePlace(alice.Account, other.Id, "d"), FileCondition.None, FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.InvalidPlace);
        (await workplace.Files.Copy(alice.Caller, alice.Account, d.Id, new FilePlace(alice.Account, other.Id, "d"), true, FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.InvalidPlace);
        (await workplace.Files.Trash(alice.Caller, alice.Account, d.Id, FileCondition.None, Cancellation)).Refused.ShouldBeNull();
    }

    [Fact]
    public async Task What_somebody_holds_a_lock_on_is_not_changed_by_who_knows_nothing_of_it()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var file = await workplace.Write(alice, "a/b.txt", "b");
        var now = workplace.Time.GetUtcNow();
        await fixture.Database.Write(async scope =>
        {
            await LockTable.Take(scope, new PathLock($"urn:uuid:{Guid.NewGuid()}", alice.Account, "files/a/b.txt", alice.Account, true, false, "", TimeSpan.FromHours(1), now.AddHours(1)), now);
        }, Cancellation);
        (await workplace.Files.SetContent(alice.Caller, alice.Account, file.Id, await workplace.Stored("x"), FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.Locked);
        var a = await workplace.At(alice, "a");
        (await workplace.Files.Trash(alice.Caller, alice.Account, a.Id, FileCondition.None, Cancellation)).Refused!.Failure.ShouldBe(FileFailure.Locked);
        workplace.Time.Advance(TimeSpan.FromHours(2));
        (await workplace.Files.Trash(alice.Caller, alice.Account, a.Id, FileCondition.None, Cancellation)).Refused.ShouldBeNull();
    }

    [Fact]
    public async Task What_changed_in_a_folder_is_told_in_parts_and_nothing_is_missed()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        foreach (var i in Enumerable.Range(0, 7)) await workplace.Write(alice, $"f/{i}.txt", $"{i}");
        var folder = (await workplace.Find(alice, "f"))!;
        var told = new List<string>();
        var changes = (await workplace.Nodes.Changes(alice.Caller, folder, null, 3, Cancellation))!;
        told.AddRange(changes.Changed.Select(file => file.Node.Name));
        while (changes.HasMore)
        {
            changes = (await workplace.Nodes.Changes(alice.Caller, folder, changes.State, 3, Cancellation))!;
            told.AddRange(changes.Changed.Select(file => file.Node.Name));
        }

        told.ShouldBe(Enumerable.Range(0, 7).Select(i => $"{i}.txt"), ignoreOrder: true);
        await workplace.Write(alice, "f/3.txt", "changed");
        await workplace.Files.Trash(alice.Caller, alice.Account, (await workplace.At(alice, "f/4.txt")).Id, FileCondition.None, Cancellation);
        var after = (await workplace.Nodes.Changes(alice.Caller, folder, changes.State, 10, Cancellation))!;
        (after.Changed.Select(file => file.Node.Name), after.Gone).ShouldBe((["3.txt"], ["4.txt"]), Comparer);
        (await workplace.Nodes.Changes(alice.Caller, folder, new Platform.Changes.Sequence(after.State.Value + 1), 10, Cancellation)).ShouldBeNull();
    }

    static readonly IEqualityComparer<(IEnumerable<string>, IReadOnlyList<string>)> Comparer =
        EqualityComparer<(IEnumerable<string>, IReadOnlyList<string>)>.Create((one, other) => one.Item1.SequenceEqual(other.Item1) && one.Item2.SequenceEqual(other.Item2));
}
