using System.Globalization;
using Bastide.Drive.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Drive.Uploads;

/// <summary>
/// Uploads that come in parts, whichever protocol they come by. Each is its person's alone; what is answered is durable, so that
/// it goes on after the server was lost.
/// </summary>
sealed class PartialUploads(Database database, BlobStore blobs, TimeProvider time)
{
    /// <summary>How long an upload is kept after the last part of it.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    /// <summary>The most that a person has of one kind.</summary>
    public const int Most = 1000;

    /// <summary>The most parts of one.</summary>
    public const int MostParts = 10_000;

    static readonly FileError TooMany = new(FileFailure.TooManyItems, $"There are {Most} uploads that were not ended: end or cancel some.");

    static readonly FileError TooManyParts = new(FileFailure.TooManyItems, $"An upload comes in {MostParts} parts at most: begin again with larger ones.");

    /// <summary>An upload, or null.</summary>
    public ValueTask<PartialUpload?> Find(Caller caller, string kind, string name, CancellationToken cancellation) =>
        database.Read(scope => UploadTable.Find(scope, caller.Person, kind, name, time.GetUtcNow()), cancellation);

    /// <summary>All of somebody.</summary>
    public async ValueTask<IReadOnlyList<PartialUpload>> All(Caller caller, string kind, CancellationToken cancellation) =>
        await database.Read(scope => UploadTable.All(scope, caller.Person, kind, time.GetUtcNow(), Most), cancellation);

    /// <summary>Begins one into an account the caller may write to.</summary>
    public Task<FileError?> Begin(Caller caller, AccountId account, string kind, string name, long? length, string? facts, CancellationToken cancellation) => database.Write<FileError?>(async scope =>
    {
        if (!(await FileRights.Of(scope, caller, account)).MayAdd) return FileError.NotFound;
        await UploadTable.DeleteExpired(scope, time.GetUtcNow());
        if (await UploadTable.CountOf(scope, caller.Person, kind) >= Most) return TooMany;
        if (length > 0 && !await AccountTable.HasRoom(scope, account, length.Value)) return FileError.OverQuota;
        return await UploadTable.Begin(scope, account, caller.Person, kind, name, length, facts, time.GetUtcNow() + Kept) is null
            ? new FileError(FileFailure.AlreadyExists, "There is an upload of this name.")
            : null;
    }, cancellation);

    /// <summary>Says how many octets an upload will have, where that was not said before.</summary>
    public Task SetLength(PartialUpload upload, long length, CancellationToken cancellation) =>
        database.Write(scope => UploadTable.SetLengthOf(scope, upload.Id, length), cancellation);

    /// <summary>
    /// Adds a part of stored octets. With <paramref name="at"/> it must begin where the others end, so that of two who send the
    /// same part one is believed; without, it takes the place of the one of its name.
    /// </summary>
    public Task<FileError?> Add(PartialUpload upload, UploadPart part, long? at, CancellationToken cancellation) => database.Write<FileError?>(async scope =>
    {
        if (await UploadTable.Hold(scope, upload.Id) is not { } size) return FileError.NotFound;
        if (at is not null && at != size) return FileError.StateMismatch;
        var replaced = at is null ? await UploadTable.Part(scope, upload.Id, part.Name) : null;
        var total = size - (replaced?.Size ?? 0) + part.Size;
        if (replaced is null && await UploadTable.CountParts(scope, upload.Id) >= MostParts) return TooManyParts;
        if (total > upload.Length) return new FileError(FileFailure.InvalidProperties, "There are more octets than were announced.");
        // What is on its way takes room too, or any number of uploads would fit.
        if (!await AccountTable.HasRoom(scope, upload.Account, await UploadTable.Octets(scope, upload.Account) - (replaced?.Size ?? 0) + part.Size)) return FileError.OverQuota;
        await UploadTable.Add(scope, upload.Id, part);
        await UploadTable.SetSize(scope, upload.Id, total, time.GetUtcNow() + Kept);
        return null;
    }, cancellation);

    /// <summary>The parts of an upload, in their order.</summary>
    public async ValueTask<IReadOnlyList<UploadPart>> Parts(PartialUpload upload, CancellationToken cancellation) =>
        [.. (await database.Read(scope => UploadTable.Parts(scope, upload.Id), cancellation)).Order()];

    /// <summary>All octets of an upload, one part behind the other.</summary>
    public async ValueTask<Stream> Open(PartialUpload upload, CancellationToken cancellation) =>
        new PartsStream(blobs, await Parts(upload, cancellation));

    /// <summary>
    /// What all parts of an upload come to, as one blob; the parts are let go once it is stored. To be asked again where that was
    /// interrupted.
    /// </summary>
    public async Task<StoredBlob> Join(PartialUpload upload, CancellationToken cancellation)
    {
        var parts = await Parts(upload, cancellation);
        if (parts is [var whole]) return new StoredBlob(whole.Blob, whole.Size);
        StoredBlob stored;
        await using (var content = new PartsStream(blobs, parts)) stored = await blobs.Put(content, cancellation);
        await database.Write(async scope =>
        {
            if (await UploadTable.Hold(scope, upload.Id) is not null) await UploadTable.Replace(scope, upload.Id, new UploadPart(NameAt(0), stored.Id, stored.Size));
        }, cancellation);
        return stored;
    }

    /// <summary>The name of a part that begins at an offset, so that parts stand in their order.</summary>
    public static string NameAt(long offset) => offset.ToString("D20", CultureInfo.InvariantCulture);

    /// <summary>Ends an upload: it is a file now, or nobody wants it.</summary>
    public Task End(PartialUpload upload, CancellationToken cancellation) => database.Write(scope => UploadTable.Delete(scope, upload.Id), cancellation);
}
