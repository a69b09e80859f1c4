using System.Buffers;
using System.IO.Pipelines;

namespace Bastide.Fuzz.Workplace;

/// <summary>The way to a peer who reads everything at once.</summary>
/// <param name="whenClosed">Called when the server has said its last word.</param>
sealed class AnswerWriter(Action whenClosed) : PipeWriter
{
    readonly ArrayBufferWriter<byte> _said = new(1024);
    int _flushed;

    /// <summary>Everything the server said.</summary>
    public ReadOnlySpan<byte> Said => _said.WrittenSpan;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _said.WrittenCount - _flushed;

    public override void Advance(int bytes) => _said.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _said.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _said.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _flushed = _said.WrittenCount;
        return ValueTask.FromResult(new FlushResult(isCanceled: false, isCompleted: false));
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null) => whenClosed();
}
