using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary>
/// <c>FileNode/set</c>. draft-ietf-jmap-filenode; RFC 8620 §5.3. Each record is a change of its own, in the order of the request:
/// folders come before what goes into them. To put something into the trash is to throw it away, to take it out to restore it.
/// </summary>
sealed class FileNodeSet(Files files, FileNodes nodes, BlobStore blobs, BlobUploads uploads)
{
    static readonly HashSet<string> Settable = ["parentId", "name", "blobId", "type", "executable", "created", "modified"];

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call, hasOwn: true);
        var exists = call.Arguments.TextOrNull("onExists") ?? "reject";
        if (exists is not ("reject" or "replace" or "rename")) throw JmapException.InvalidArguments("onExists is reject, replace or rename.");
        var removesChildren = call.Arguments.Flag("onDestroyRemoveChildren");
        var old = await nodes.State(call.Account, call.Cancellation);
        if (request.IfInState is { } expected && expected != old) throw SetRequest.StateMismatch();
        var answer = new SetAnswer(call, request);
        var (root, trash) = (await Id(call, FileRole.Root), await Id(call, FileRole.Trash));
        foreach (var (creationId, given) in InOrder(request.Create)) await Create(call, answer, creationId, given, exists, root);
        foreach (var (id, patch) in request.Updates(WireId.FileNode, answer)) await Update(call, answer, id, patch, exists, root, trash);
        foreach (var id in request.Destroys(WireId.FileNode, answer))
        {
            var outcome = await files.Destroy(call.Caller, call.Account, id, removesChildren, call.Cancellation);
            if (outcome.Refused is { } refused) answer.NotDestroyed(WireId.FileNode.Write(id), SetErrors.From(refused));
            else answer.Destroyed(WireId.FileNode.Write(id));
        }

        return answer.ToJson(old.ToString(), (await nodes.State(call.Account, call.Cancellation)).ToString());
    }

    async ValueTask Create(JmapCall call, SetAnswer answer, string creationId, JsonObject given, string exists, long? root)
    {
        var invalid = new InvalidProperties();
        foreach (var (name, value) in given)
            if (!Settable.Contains(name) && name is not "nodeType" && value is not null)
                invalid.Add(name, FileNodeView.All.Names.Contains(name) ? "the server sets it." : "there is no such property.");
        var facts = ReadFacts(given, invalid);
        var parent = Parent(call, given, root, invalid);
        if (given["name"].AsText() is null) invalid.Add("name", "a file has a name.");
        var kind = given["nodeType"].AsText() ?? (given["blobId"] is null ? "directory" : "file");
        if (kind is not ("file" or "directory") || kind == "file" == (given["blobId"] is null)) invalid.Add("nodeType", "a file has a blobId, and a directory has none.");
        if (invalid.Any || parent is not { } folder)
        {
            answer.NotCreated(creationId, invalid.Any ? invalid.ToError() : SetError.NotFound);
            return;
        }

        var (outcome, error) = kind == "file"
            ? await Put(call, folder, given["name"].AsText()!, given["blobId"].AsText(), facts, exists)
            : (await MakeFolder(call, folder, given["name"].AsText()!, facts, exists), null);
        if (outcome.Refused is { } refused) answer.NotCreated(creationId, error ?? SetErrors.From(refused));
        else answer.Created(creationId, WireId.FileNode.Write(outcome.Node!.Id), await ServerSet(call, outcome.Node, given));
    }

    async ValueTask<(FileOutcome Outcome, SetError? Error)> Put(JmapCall call, long folder, string name, string? blobId, FileFacts facts, string exists)
    {
        var (content, error) = await Content(call, blobId, facts, name);
        if (content is null) return (FileError.NotFound, error);
        var outcome = await files.Put(call.Caller, call.Account, folder, name, content, facts.Created, new FileCondition(MustBeNew: exists != "replace"), call.Cancellation);
        if (outcome.Refused is not { Failure: FileFailure.StateMismatch }) return (outcome, null);
        // There is something of the name: it is told, or the new one gets another.
        if (exists == "rename" && await FreeName(call, folder, name) is { } free) return (await files.Put(call.Caller, call.Account, folder, free, content, facts.Created, new FileCondition(MustBeNew: true), call.Cancellation), null);
        return (await Existing(call, folder, name) is { } there ? FileError.Exists(there) : outcome, null);
    }

    async ValueTask<FileOutcome> MakeFolder(JmapCall call, long folder, string name, FileFacts facts, string exists)
    {
        var outcome = await files.MakeFolder(call.Caller, call.Account, folder, name, facts, [], FileCondition.None, call.Cancellation);
        return exists == "rename" && outcome.Refused is { Failure: FileFailure.AlreadyExists } && await FreeName(call, folder, name) is { } free
            ? await files.MakeFolder(call.Caller, call.Account, folder, free, facts, [], FileCondition.None, call.Cancellation)
            : outcome;
    }

    async ValueTask Update(JmapCall call, SetAnswer answer, long id, JsonObject patch, string exists, long? root, long? trash)
    {
        var wire = WireId.FileNode.Write(id);
        if ((await nodes.Find(call.Caller, call.Account, [id], call.Cancellation)).GetValueOrDefault(id) is not { } present)
        {
            answer.NotUpdated(wire, SetError.NotFound);
            return;
        }

        var invalid = new InvalidProperties();
        FileNodeView.All.CheckUnchanged(new FileNodeView(present, null), patch.Where(property => !Settable.Contains(property.Key)), invalid);
        var facts = ReadFacts(patch, invalid);
        long? parent = patch.ContainsKey("parentId") ? Parent(call, patch, root, invalid) : present.Node.ParentId;
        var said = patch.ContainsKey("name") ? patch["name"].AsText() : null;
        if (patch.ContainsKey("name") && said is null) invalid.Add("name", "a file has a name.");
        if (patch.ContainsKey("blobId") && present.Node.IsFolder) invalid.Add("blobId", "a directory holds no octets.");
        if (invalid.Any)
        {
            answer.NotUpdated(wire, invalid.ToError());
            return;
        }

        if (await Change(call, present, patch, facts, parent, said, exists, trash) is { } error)
        {
            answer.NotUpdated(wire, error);
            return;
        }

        var now = (await nodes.Find(call.Caller, call.Account, [id], call.Cancellation)).GetValueOrDefault(id);
        answer.Updated(wire, now is null || now.IsInTrash || said is null || now.Node.Name == said ? null : new JsonObject { ["name"] = now.Node.Name });
    }

    /// <summary>Makes the changes of one update, one after the other; null when all were made.</summary>
    async ValueTask<SetError?> Change(JmapCall call, FilePath present, JsonObject patch, FileFacts facts, long? parent, string? said, string exists, long? trash)
    {
        var (caller, account, id) = (call.Caller, call.Account, present.Node.Id);
        if (patch["blobId"] is { } blob)
        {
            var (content, error) = await Content(call, blob.AsText(), facts, said ?? present.Node.Name);
            if (content is null) return error;
            if ((await files.SetContent(caller, account, id, content, FileCondition.None, call.Cancellation)).Refused is { } refused) return SetErrors.From(refused);
        }
        else if (facts != new FileFacts() && (await files.Patch(caller, account, id, facts, [], FileCondition.None, call.Cancellation)).Refused is { } refused)
        {
            return SetErrors.From(refused);
        }

        if (!patch.ContainsKey("parentId") && said is null) return null;
        if (parent is not { } folder) return SetError.NotFound;
        if (present is { IsInTrash: true, Depth: 1 } && folder != trash)
            return Error(await files.Restore(caller, account, id, new FilePlace(account, folder, said ?? await TrashedName(id, call.Cancellation) ?? present.Node.Name), call.Cancellation));
        if (folder == trash) return present.IsInTrash ? null : Error(await files.Trash(caller, account, id, FileCondition.None, call.Cancellation));
        var place = new FilePlace(account, folder, said ?? present.Node.Name, Replaces: exists == "replace", Renames: exists == "rename");
        return Error(await files.Move(caller, account, id, place, FileCondition.None, FileCondition.None, call.Cancellation));
    }

    async ValueTask<string?> TrashedName(long id, CancellationToken cancellation) => (await nodes.Trashed([id], cancellation)).GetValueOrDefault(id)?.Name;

    async ValueTask<(FileContent? Content, SetError? Error)> Content(JmapCall call, string? blobId, FileFacts facts, string name)
    {
        if (blobId is null || !BlobId.TryParse(call.Created.Resolve(blobId), null, out var blob) || !await uploads.MayRead(call.Caller, call.Account, blob, call.Cancellation) || await blobs.Size(blob, call.Cancellation) is not { } size)
            return (null, InvalidProperties.Of("blobId", "there is no such blob in this account: upload it first."));
        return (new FileContent(blob, size, MediaTypes.Of(name, facts.Type), facts.Modified, null, facts.IsExecutable), null);
    }

    async ValueTask<string?> FreeName(JmapCall call, long folder, string name)
    {
        if ((await nodes.Find(call.Caller, call.Account, [folder], call.Cancellation)).GetValueOrDefault(folder) is not { } above) return null;
        for (var i = 2; i < 100; i++)
            if (FileNames.With(name, FormattableString.Invariant($" ({i})")) is var free && (await nodes.Members(call.Caller, above, [free], call.Cancellation)).Count == 0)
                return free;
        return FileNames.With(name, $" ({Guid.NewGuid():N})");
    }

    async ValueTask<FileNode?> Existing(JmapCall call, long folder, string name) =>
        (await nodes.Find(call.Caller, call.Account, [folder], call.Cancellation)).GetValueOrDefault(folder) is { } above && await nodes.Members(call.Caller, above, [name], call.Cancellation) is [var there] ? there.Node : null;

    async ValueTask<JsonObject> ServerSet(JmapCall call, FileNode node, JsonObject given) =>
        (await nodes.Find(call.Caller, call.Account, [node.Id], call.Cancellation)).GetValueOrDefault(node.Id) is { } file ? FileNodeView.All.ServerSet(new FileNodeView(file, null), given) : [];

    async ValueTask<long?> Id(JmapCall call, FileRole role) => await nodes.RootOf(call.Account, role, call.Cancellation);

    static SetError? Error(FileOutcome outcome) => outcome.Refused is { } refused ? SetErrors.From(refused) : null;

    /// <summary>The folder something shall stand in; null where there is none of the id.</summary>
    static long? Parent(JmapCall call, JsonObject given, long? root, InvalidProperties invalid)
    {
        if (given["parentId"] is null) return root;
        if (given["parentId"].AsText() is { } id) return WireId.FileNode.Resolve(id, call.Created);
        invalid.Add("parentId", "it is an id or null.");
        return null;
    }

    static FileFacts ReadFacts(JsonObject given, InvalidProperties invalid)
    {
        DateTimeOffset? Moment(string name)
        {
            if (given[name] is null) return null;
            var moment = JmapDates.ReadUtc(given[name].AsText());
            if (moment is null) invalid.Add(name, "it is a moment in UTC.");
            return moment;
        }

        if (given["type"] is not null && given["type"].AsText() is null) invalid.Add("type", "it is a media type or null.");
        if (given["executable"] is not null && given["executable"].AsFlag() is null) invalid.Add("executable", "it is true or false.");
        return new FileFacts(given["type"].AsText(), given["executable"].AsFlag(), Moment("created"), Moment("modified"));
    }

    /// <summary>Those that are to stand in another of the same call behind that; the others as they came.</summary>
    static IEnumerable<KeyValuePair<string, JsonObject>> InOrder(IReadOnlyList<KeyValuePair<string, JsonObject>> create)
    {
        var left = create.ToDictionary();
        while (left.Count > 0)
        {
            var next = create.Where(one => left.ContainsKey(one.Key) && !(one.Value["parentId"].AsText() is ['#', .. var parent] && left.ContainsKey(parent) && parent != one.Key)).ToList();
            // Those that wait for one another are refused when their turn comes.
            if (next.Count == 0) next = [.. create.Where(one => left.ContainsKey(one.Key))];
            foreach (var one in next)
            {
                left.Remove(one.Key);
                yield return one;
            }
        }
    }
}
