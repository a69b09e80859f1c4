using System.Security.Cryptography;
using Bastide.Platform.Db;
using Bastide.Testing;
using Shouldly;

namespace Bastide.Platform.Tests.Blobs;

[Collection(typeof(MeasuresMemory))]
public sealed class LargeBlobsOnSqlite() : LargeBlobContract(Engine.Sqlite);

[Collection(typeof(MeasuresMemory))]
public sealed class LargeBlobsOnPostgres() : LargeBlobContract(Engine.Postgres);

/// <summary>Tests that look at the memory of the whole process: they run while no other test does.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class MeasuresMemory;

/// <summary>Blobs that are larger than what may be held of them.</summary>
public abstract class LargeBlobContract(Engine engine) : IAsyncLifetime
{
    TestDatabase _test = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _test = await TestDatabase.Create(engine);

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_large_stream_is_never_held_in_memory()
    {
        const long length = 400L * 1024 * 1024;
        const long between = 40L * 1024 * 1024;
        var piece = RandomNumberGenerator.GetBytes(1 << 20);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        await using var writer = _test.Blobs.Create();
        for (var written = 0L; written < length; written += piece.Length)
        {
            piece[0]++;
            await writer.WriteAsync(piece, Cancellation);
            if (written % between == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        var blob = await writer.Complete(Cancellation);
        blob.Size.ShouldBe(length);
        most.ShouldBeLessThan(8 * 1024 * 1024);
        await using var content = (await _test.Blobs.Open(blob.Id, Cancellation))!;
        content.CanSeek.ShouldBeTrue();
        content.Length.ShouldBe(length);
        content.Position = length - 1;
        content.ReadByte().ShouldBe(piece[^1]);
    }
}
