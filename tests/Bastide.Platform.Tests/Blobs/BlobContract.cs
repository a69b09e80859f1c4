using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Platform.Tests.Blobs;

public sealed class BlobsOnSqlite() : BlobContract(Engine.Sqlite);

public sealed class BlobsOnPostgres() : BlobContract(Engine.Postgres);

/// <summary>Immutable bytes: kept once, streamed, swept when nothing refers to them, never while something does.</summary>
public abstract class BlobContract(Engine engine) : IAsyncLifetime
{
    TestDatabase _test = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _test = await TestDatabase.Create(engine);

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(BlobStore.InlineLimit)]
    [InlineData(BlobStore.InlineLimit + 1)]
    [InlineData(5_000_000)]
    public async Task What_is_put_is_read_back(int length)
    {
        foreach (var content in new[] { Noise(length), new byte[length] })
        {
            var blob = await _test.Blobs.Put(content, Cancellation);
            blob.ShouldBe(new StoredBlob(BlobId.Of(content), length));
            (await Read(blob.Id)).ShouldBe(content);
            (await _test.Blobs.Size(blob.Id, Cancellation)).ShouldBe(length);
        }
    }

    [Fact]
    public async Task What_was_never_put_is_not_there()
    {
        (await _test.Blobs.Open(BlobId.Of("never"u8), Cancellation)).ShouldBeNull();
        (await _test.Blobs.Size(BlobId.Of("never"u8), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task The_same_bytes_are_kept_once_however_many_put_them_at_once()
    {
        foreach (var length in new[] { 3000, 200_000 })
        {
            var content = Noise(length);
            var blobs = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _test.Blobs.Put(content, Cancellation))));
            blobs.Distinct().Count().ShouldBe(1);
            (await Read(blobs[0].Id)).ShouldBe(content);
        }

        (await Count()).ShouldBe(2);
        Files().Count.ShouldBe(1);
        Incoming().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_writer_that_is_dropped_leaves_nothing()
    {
        await using (var writer = _test.Blobs.Create()) await writer.WriteAsync(Noise(300_000), Cancellation);
        Incoming().ShouldBeEmpty();
        (await Count()).ShouldBe(0);
    }

    [Fact]
    public async Task A_sweep_removes_what_nothing_refers_to_after_its_grace_and_nothing_else()
    {
        var small = await _test.Blobs.Put(Noise(100), Cancellation);
        var large = await _test.Blobs.Put(Noise(100_000), Cancellation);
        var kept = await _test.Blobs.Put(Noise(100_001), Cancellation);
        await Sweep(kept.Id);
        (await Count()).ShouldBe(3);

        _test.Time.Advance(BlobStore.Grace + TimeSpan.FromHours(3));
        var late = await _test.Blobs.Put(Noise(102), Cancellation);
        (await Sweep(kept.Id)).ShouldBe(small.Size + large.Size);
        (await _test.Blobs.Open(small.Id, Cancellation)).ShouldBeNull();
        (await _test.Blobs.Open(large.Id, Cancellation)).ShouldBeNull();
        (await Read(kept.Id)).Length.ShouldBe(100_001);
        (await Read(late.Id)).Length.ShouldBe(102);
        Files().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Bytes_put_again_are_kept_for_another_grace()
    {
        var content = Noise(90_000);
        var blob = await _test.Blobs.Put(content, Cancellation);
        _test.Time.Advance(TimeSpan.FromHours(20));
        await _test.Blobs.Put(content, Cancellation);
        _test.Time.Advance(TimeSpan.FromHours(20));
        (await Sweep()).ShouldBe(0);
        (await Read(blob.Id)).ShouldBe(content);
    }

    [Fact]
    public async Task A_put_during_a_sweep_is_never_lost()
    {
        foreach (var length in new[] { 2000, 100_000 })
            for (var round = 0; round < 6; round++)
            {
                var contents = Enumerable.Range(0, 8).Select(_ => Noise(length)).ToList();
                foreach (var content in contents) await _test.Blobs.Put(content, Cancellation);
                _test.Time.Advance(BlobStore.Grace + TimeSpan.FromHours(3));
                var sweep = Task.Run(() => Sweep());
                var again = await Task.WhenAll(contents.Select(content => Task.Run(() => _test.Blobs.Put(content, Cancellation))));
                await sweep;
                for (var i = 0; i < contents.Count; i++) (await Read(again[i].Id)).ShouldBe(contents[i]);
            }
    }

    [Fact]
    public async Task Left_overs_of_a_crash_are_swept_and_mended()
    {
        var content = Noise(150_000);
        var blob = await _test.Blobs.Put(content, Cancellation);
        // Killed between the row and the file: nobody was told of it, and the next put makes it whole.
        File.Delete(Files().Single());
        await Should.ThrowAsync<InvalidDataException>(_test.Blobs.Open(blob.Id, Cancellation));
        await _test.Blobs.Put(content, Cancellation);
        (await Read(blob.Id)).ShouldBe(content);

        // Killed while bytes came in.
        var left = Path.Combine(_test.Directory, "blobs", "incoming", "left");
        await File.WriteAllBytesAsync(left, content, Cancellation);
        await Sweep(blob.Id);
        File.Exists(left).ShouldBeTrue();
        File.SetLastWriteTimeUtc(left, _test.Time.GetUtcNow().UtcDateTime.AddDays(-3));
        await Sweep(blob.Id);
        File.Exists(left).ShouldBeFalse();
    }

    [Fact]
    public async Task Uploads_are_read_by_who_uploaded_them_alone_and_keep_their_bytes_from_the_sweep()
    {
        var uploads = new BlobUploads(_test.Database, [], _test.Time);
        var alice = await _test.AddAccount("Alice");
        var bob = await _test.AddAccount("Bob");
        var blob = await _test.Blobs.Put(Noise(500), Cancellation);
        await uploads.Note(DatabaseFixture.CallerOf(alice), alice, blob.Id, Cancellation);
        (await uploads.MayRead(DatabaseFixture.CallerOf(alice), alice, blob.Id, Cancellation)).ShouldBeTrue();
        (await uploads.MayRead(DatabaseFixture.CallerOf(bob), alice, blob.Id, Cancellation)).ShouldBeFalse();
        (await uploads.MayRead(DatabaseFixture.CallerOf(bob), bob, blob.Id, Cancellation)).ShouldBeFalse();
        await _test.Database.Write(scope => Access.Give(scope, new Grant(alice, null, bob, Rights.Reader)), Cancellation);
        (await uploads.MayRead(DatabaseFixture.CallerOf(bob), alice, blob.Id, Cancellation)).ShouldBeFalse();
        await uploads.Note(DatabaseFixture.CallerOf(bob), alice, blob.Id, Cancellation);
        (await uploads.MayRead(DatabaseFixture.CallerOf(bob), alice, blob.Id, Cancellation)).ShouldBeTrue();
        (await uploads.MayRead(DatabaseFixture.CallerOf(alice), alice, blob.Id, Cancellation)).ShouldBeTrue();
        await _test.Database.Write(scope => Access.Give(scope, new Grant(alice, null, bob, Rights.None)), Cancellation);
        (await uploads.MayRead(DatabaseFixture.CallerOf(bob), alice, blob.Id, Cancellation)).ShouldBeFalse();

        _test.Time.Advance(TimeSpan.FromHours(23));
        await uploads.Sweep(_test.Blobs, Cancellation);
        (await Read(blob.Id)).Length.ShouldBe(500);
        await uploads.Note(DatabaseFixture.CallerOf(alice), alice, blob.Id, Cancellation);
        _test.Time.Advance(TimeSpan.FromHours(23));
        (await uploads.Sweep(_test.Blobs, Cancellation)).ShouldBe(0);
        _test.Time.Advance(TimeSpan.FromHours(23));
        (await uploads.Sweep(_test.Blobs, Cancellation)).ShouldBe(500);
        (await uploads.MayRead(DatabaseFixture.CallerOf(alice), alice, blob.Id, Cancellation)).ShouldBeFalse();
    }

    async Task<long> Sweep(params BlobId[] referenced) =>
        await _test.Blobs.Sweep((blobs, _) => ValueTask.FromResult<IReadOnlySet<BlobId>>(blobs.Intersect(referenced).ToHashSet()), Cancellation);

    async Task<byte[]> Read(BlobId id)
    {
        await using var content = (await _test.Blobs.Open(id, Cancellation)).ShouldNotBeNull();
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }

    async Task<long> Count() => (await _test.BlobDatabase.Read(scope => scope.Long(new Sql("SELECT COUNT(*) FROM blobs")), Cancellation))!.Value;

    List<string> Files() => [.. Directory.EnumerateFiles(Path.Combine(_test.Directory, "blobs"), "*", SearchOption.AllDirectories).Where(f => !f.Contains("incoming", StringComparison.Ordinal))];

    List<string> Incoming() => [.. Directory.EnumerateFiles(Path.Combine(_test.Directory, "blobs", "incoming"))];

    static byte[] Noise(int length)
    {
        var noise = new byte[length];
        Random.Shared.NextBytes(noise);
        return noise;
    }
}
