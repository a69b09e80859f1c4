using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;

namespace Bastide.Drive.Tests.Jmap;

public abstract class FileNodesContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tree_is_made_in_one_call_and_read_as_it_is()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var blob = await alice.Upload("the plan");
        // What stands in another of the call may come before it.
        var set = await alice.Call("FileNode/set", Of(alice, $$"""
            {"create":{"file":{"parentId":"#folder","name":"Plan.txt","blobId":"{{blob}}","modified":"2026-01-02T03:04:05Z"},"folder":{"parentId":"#top","name":"été"},"top":{"parentId":null,"name":"Projets"} } }
            """));
        set["notCreated"].ShouldBeNull(set.ToJsonString());
        var file = (string)set["created"]!["file"]!["id"]!;
        ((string?)set["created"]!["file"]!["type"], (string?)set["created"]!["top"]!["nodeType"]).ShouldBe(("text/plain", "directory"));
        var got = (await alice.Call("FileNode/get", Of(alice, $$"""{"ids":["{{file}}","n999999"]}""")));
        var node = got["list"]![0]!;
        ((string?)node["name"], (int?)node["size"], (string?)node["blobId"], (string?)node["modified"], (string?)node["parentId"])
            .ShouldBe(("Plan.txt", 8, blob, "2026-01-02T03:04:05Z", (string?)set["created"]!["folder"]!["id"]));
        ((string?)got["notFound"]![0], (string?)got["state"]).ShouldBe(("n999999", (string?)set["newState"]));
        (await workplace.Read(await workplace.At(alice, "Projets/été/Plan.txt"))).ShouldBe("the plan");
        // All there is: what was made, and the trash.
        var all = (await alice.Call("FileNode/get", Of(alice, """{"ids":null,"properties":["name","role","parentId"]}""")))["list"]!.AsArray();
        all.Select(one => (string?)one!["name"]).ShouldBe(["Trash", "Projets", "été", "Plan.txt"], ignoreOrder: true);
        ((string?)all.Single(one => (string?)one!["role"] == "trash")!["parentId"], (string?)all.Single(one => (string?)one!["name"] == "Projets")!["parentId"]).ShouldBe((null, null));
    }

    [Fact]
    public async Task What_has_the_name_already_stands_in_the_way_is_replaced_or_left()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        await workplace.Write(alice, "a.txt", "first");
        await workplace.Folder(alice, "folder");
        var blob = await alice.Upload("second");
        async Task<JsonObject> Create(string name, string more, string exists) =>
            await alice.Call("FileNode/set", Of(alice, $$$"""{"onExists":"{{{exists}}}","create":{"x":{"parentId":null,"name":"{{{name}}}"{{{more}}} } } }"""));
        var file = $",\"blobId\":\"{blob}\"";
        var rejected = await Create("a.txt", file, "reject");
        ((string?)rejected["notCreated"]!["x"]!["type"], (string?)rejected["notCreated"]!["x"]!["existingId"]).ShouldBe(("alreadyExists", $"n{(await workplace.At(alice, "a.txt")).Id}"));
        ((string?)(await Create("folder", "", "reject"))["notCreated"]!["x"]!["type"]).ShouldBe("alreadyExists");
        ((string?)(await Create("a.txt", file, "rename"))["created"]!["x"]!["name"]).ShouldBe("a (2).txt");
        ((string?)(await Create("folder", "", "rename"))["created"]!["x"]!["name"]).ShouldBe("folder (2)");
        (await Create("a.txt", file, "replace"))["created"].ShouldNotBeNull();
        (await workplace.Read(await workplace.At(alice, "a.txt"))).ShouldBe("second");
        (await workplace.Names(alice, "")).ShouldBe(["a (2).txt", "a.txt", "folder", "folder (2)"]);
        foreach (var (name, type) in new[] { ("..", "invalidProperties"), ("a/b", "invalidProperties") }) ((string?)(await Create(name, "", "reject"))["notCreated"]!["x"]!["type"]).ShouldBe(type);
        // Octets of somebody else are not there.
        var bob = await workplace.Add("bob");
        var theirs = await bob.Upload("private to bob");
        ((string?)(await Create("b.txt", $",\"blobId\":\"{theirs}\"", "reject"))["notCreated"]!["x"]!["properties"]![0]).ShouldBe("blobId");
    }

    [Fact]
    public async Task A_new_content_makes_a_version_that_is_listed_put_back_and_destroyed()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var id = $"n{(await workplace.Write(alice, "a.txt", "first")).Id}";
        var blob = await alice.Upload("second");
        (await alice.Call("FileNode/set", Of(alice, $$$"""{"update":{"{{{id}}}":{"blobId":"{{{blob}}}"} } }""")))["updated"]!.AsObject().ContainsKey(id).ShouldBeTrue();
        var versions = (await alice.Call("FileVersion/get", Of(alice, $$"""{"nodeId":"{{id}}"}""")))["list"]!.AsArray();
        var version = versions.ShouldHaveSingleItem()!;
        ((int?)version["size"], (string?)version["author"]).ShouldBe((5, alice.Account.ToString()));
        await alice.Call("FileVersion/restore", Of(alice, $$"""{"nodeId":"{{id}}","id":"{{version["id"]}}"}"""));
        (await workplace.Read(await workplace.At(alice, "a.txt"))).ShouldBe("first");
        foreach (var one in (await alice.Call("FileVersion/get", Of(alice, $$"""{"nodeId":"{{id}}"}""")))["list"]!.AsArray()) await alice.Call("FileVersion/destroy", Of(alice, $$"""{"nodeId":"{{id}}","id":"{{one!["id"]}}"}"""));
        (await alice.Call("FileVersion/get", Of(alice, $$"""{"nodeId":"{{id}}"}""")))["list"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_put_into_the_trash_says_where_it_came_from_and_comes_back()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var (file, folder) = ($"n{(await workplace.Write(alice, "a/b.txt", "b")).Id}", $"n{(await workplace.At(alice, "a")).Id}");
        var trash = (string)(await alice.Call("FileNode/query", Of(alice, """{"filter":{"role":"trash"}}""")))["ids"]![0]!;
        await Update(alice, file, $$"""{"parentId":"{{trash}}"}""");
        var node = (await alice.Call("FileNode/get", Of(alice, $$"""{"ids":["{{file}}"]}""")))["list"]![0]!;
        ((string?)node["name"], (string?)node["parentId"], (string?)node["trashed"]!["path"], (string?)node["trashed"]!["parentId"], (string?)node["trashed"]!["name"]).ShouldBe(("b.txt", trash, "a", folder, "b.txt"));
        (await alice.Call("FileNode/query", Of(alice, """{"filter":{"text":"b.txt"}}""")))["ids"]!.AsArray().ShouldBeEmpty();
        (await alice.Call("FileNode/query", Of(alice, $$$"""{"filter":{"parentId":"{{{trash}}}"} }""")))["ids"]!.AsArray().ShouldHaveSingleItem();
        // Another has its name by now.
        await workplace.Write(alice, "a/b.txt", "another");
        var back = await Update(alice, file, $$"""{"parentId":"{{folder}}"}""");
        back["notUpdated"].ShouldBeNull();
        (await workplace.Names(alice, "a")).ShouldBe(["b (2).txt", "b.txt"]);
        await Update(alice, file, $$"""{"parentId":"{{trash}}"}""");
        ((int?)(await alice.Call("FileNode/emptyTrash", Of(alice, "{}")))["destroyed"]).ShouldBe(1);
        ((string?)(await alice.Call("FileNode/get", Of(alice, $$"""{"ids":["{{file}}"]}""")))["notFound"]![0]).ShouldBe(file);
    }

    [Fact]
    public async Task Changes_tell_what_came_moved_and_went()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var state = (string)(await alice.Call("FileNode/get", Of(alice, """{"ids":[]}""")))["state"]!;
        var (a, b) = ($"n{(await workplace.Write(alice, "x/a.txt", "a")).Id}", $"n{(await workplace.Write(alice, "b.txt", "b")).Id}");
        var x = $"n{(await workplace.At(alice, "x")).Id}";
        var came = await alice.Call("FileNode/changes", Of(alice, $$"""{"sinceState":"{{state}}"}"""));
        came["created"]!.AsArray().Select(id => (string?)id).ShouldBe([x, a, b], ignoreOrder: true);
        await Update(alice, b, $$"""{"parentId":"{{x}}","name":"c.txt"}""");
        var moved = await alice.Call("FileNode/changes", Of(alice, $$"""{"sinceState":"{{came["newState"]}}"}"""));
        moved["updated"]!.AsArray().Select(id => (string?)id).ShouldBe([b]);
        ((string?)(await Destroy(alice, x, withChildren: false))["notDestroyed"]![x]!["type"]).ShouldBe("nodeHasChildren");
        (await Destroy(alice, x, withChildren: true))["destroyed"].ShouldNotBeNull();
        var went = await alice.Call("FileNode/changes", Of(alice, $$"""{"sinceState":"{{moved["newState"]}}"}"""));
        went["destroyed"]!.AsArray().Select(id => (string?)id).ShouldBe([x, a, b], ignoreOrder: true);
        // A state that others moved on from is told.
        ((string?)(await alice.Request([new JsonArray("FileNode/set", Of(alice, $$"""{"ifInState":"{{state}}","create":{"y":{"parentId":null,"name":"y"} } }"""), "0")]))[0]![1]!["type"]).ShouldBe("stateMismatch");
    }

    [Theory]
    [InlineData("""{"filter":{"parentId":null},"sort":[{"property":"nodeType"},{"property":"name"}]}""", "a10|docs|a2.txt|A10.txt|b.png")]
    [InlineData("""{"filter":{"parentId":null},"sort":[{"property":"size","isAscending":false}],"limit":1}""", "b.png")]
    [InlineData("""{"filter":{"operator":"AND","conditions":[{"parentId":null},{"nodeType":"file"}]},"sort":[{"property":"name","isAscending":false}]}""", "b.png|A10.txt|a2.txt")]
    [InlineData("""{"filter":{"text":"ete"}}""", "été.md")]
    [InlineData("""{"filter":{"nameMatch":"a*.txt"},"sort":[{"property":"name"}]}""", "a2.txt|A10.txt")]
    [InlineData("""{"filter":{"typeMatch":"image/*"}}""", "b.png")]
    [InlineData("""{"filter":{"minSize":5,"maxSize":6}}""", "b.png")]
    [InlineData("""{"filter":{"operator":"NOT","conditions":[{"nodeType":"directory"},{"name":"b.png"}]},"sort":[{"property":"name"}]}""", "a2.txt|A10.txt|été.md")]
    [InlineData("""{"filter":{"hasParentId":true,"nodeType":"file"}}""", "été.md")]
    public async Task Files_are_found_and_sorted(string query, string names)
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var alice = await workplace.Add();
        await workplace.Write(alice, "docs/été.md", "x");
        await workplace.Write(alice, "A10.txt", "xx");
        await workplace.Write(alice, "a2.txt", "xxx");
        await workplace.Folder(alice, "a10");
        var root = await workplace.At(alice, "");
        await workplace.Files.Put(alice.Caller, alice.Account, root.Id, "b.png", await workplace.Stored("xxxxx", "image/png"), null, FileCondition.None, Cancellation);
        var found = await alice.Call("FileNode/query", Of(alice, query));
        var got = (await alice.Call("FileNode/get", Of(alice, $$"""{"ids":{{found["ids"]!.ToJsonString()}} }""")))["list"]!.AsArray().ToDictionary(node => (string)node!["id"]!, node => (string)node!["name"]!);
        string.Join('|', found["ids"]!.AsArray().Select(id => got[(string)id!]).Where(name => name != "Trash")).ShouldBe(names);
    }

    [Fact]
    public async Task Others_find_what_is_shared_with_them_and_nothing_else()
    {
        await using var workplace = await DriveWorkplace.Start(fixture);
        var (alice, bob) = (await workplace.Add(), await workplace.Add("bob"));
        await workplace.Write(alice, "shared/plan.txt", "plan");
        var secret = $"n{(await workplace.Write(alice, "private/plan.txt", "secret")).Id}";
        await workplace.Give(alice, bob, Rights.Reader, (await workplace.At(alice, "shared")).Id);
        var found = (await bob.Call("FileNode/query", Of(alice, """{"filter":{"text":"plan"}}""")))["ids"]!.AsArray().ShouldHaveSingleItem()!;
        var node = (await bob.Call("FileNode/get", Of(alice, $$"""{"ids":["{{found}}","{{secret}}"]}""")));
        ((string?)node["list"]![0]!["name"], (bool?)node["list"]![0]!["myRights"]!["mayModifyContent"], (string?)node["notFound"]![0]).ShouldBe(("plan.txt", false, secret));
        ((string?)(await bob.Call("FileNode/set", Of(alice, $$$"""{"update":{"{{{found}}}":{"name":"x"} } }""")))["notUpdated"]![(string)found!]!["type"]).ShouldBe("forbidden");
        ((string?)(await bob.Call("FileNode/set", Of(alice, $$$"""{"destroy":["{{{secret}}}"]}""")))["notDestroyed"]![secret]!["type"]).ShouldBe("notFound");
    }

    static JsonObject Of(DrivePerson person, string arguments)
    {
        var given = JsonNode.Parse(arguments)!.AsObject();
        given["accountId"] = person.Account.ToString();
        return given;
    }

    static Task<JsonObject> Update(DrivePerson person, string id, string patch) => person.Call("FileNode/set", Of(person, $$$"""{"update":{"{{{id}}}":{{{patch}}} } }"""));

    static Task<JsonObject> Destroy(DrivePerson person, string id, bool withChildren) =>
        person.Call("FileNode/set", Of(person, $$"""{"onDestroyRemoveChildren":{{(withChildren ? "true" : "false")}},"destroy":["{{id}}"]}"""));
}
