using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Bastide.Fuzz.Workplace;

/// <summary>A connection whose peer says its piece, closes its side, and hears the answers.</summary>
sealed class ScriptedConnection : IDisposable
{
    readonly CancellationTokenSource _closed = new();
    readonly AnswerWriter _answers;

    /// <summary>The peer says these octets, in pieces as <see cref="PieceStream.SizeFor"/> cuts them.</summary>
    public ScriptedConnection(byte[] says)
    {
        _answers = new AnswerWriter(_closed.Cancel);
        var size = PieceStream.SizeFor(says);
        // A small buffer besides, so that a command lies across several.
        var options = new StreamPipeReaderOptions(bufferSize: Math.Clamp(size, 16, 4096), minimumReadSize: 1);
        var transport = new Transport(PipeReader.Create(new PieceStream(says, size), options), _answers);
        Context = new DefaultConnectionContext("fuzz", transport, transport)
        {
            RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, 40_000),
            LocalEndPoint = new IPEndPoint(IPAddress.Loopback, 2143),
            ConnectionClosed = _closed.Token,
        };
    }

    /// <summary>The connection as a server receives it.</summary>
    public DefaultConnectionContext Context { get; }

    /// <summary>What the server said.</summary>
    public ReadOnlySpan<byte> Said => _answers.Said;

    /// <summary>Lets the server serve the connection to its end.</summary>
    public void Serve(ConnectionHandler server) => server.OnConnectedAsync(Context).GetAwaiter().GetResult();

    public void Dispose() => _closed.Dispose();

    sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
