using System.Buffers;
using System.Net;
using Bastide.Platform.Accounts;
using Bastide.Platform.Settings;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp;

/// <summary>
/// One connection's conversation, one command at a time. Holds who the peer is, what it asked for, and how often it
/// was refused; the verbs do the rest.
/// </summary>
sealed class SmtpSession(SmtpServer server, SmtpListenerKind kind, SmtpChannel channel, IPEndPoint remote, IPEndPoint local, CancellationTokenSource ended) : IAsyncDisposable
{
    CancellationTokenRegistration _revocation;
    int _idleCommands;
    int _errors;
    int _refusedRecipients;
    bool _closed;

    public SmtpServer Server => server;

    public SmtpLimits Limits => server.Limits;

    public SmtpChannel Channel => channel;

    /// <summary>Where the peer is.</summary>
    public IPEndPoint Remote => remote;

    /// <summary>Ends with the connection, the server, or the sign-in.</summary>
    public CancellationToken Cancellation => ended.Token;

    /// <summary>Whether people of this server send here, signed in.</summary>
    public bool IsSubmission => kind != SmtpListenerKind.Transfer;

    public bool IsTls => channel.Tls is not null;

    /// <summary>What the peer called itself, or null before its greeting.</summary>
    public string? PeerName { get; private set; }

    /// <summary>Whether it said EHLO rather than HELO.</summary>
    public bool IsExtended { get; private set; }

    /// <summary>Who is signed in.</summary>
    public Caller? Caller { get; private set; }

    /// <summary>Whether the sign-in was taken back while the connection was open.</summary>
    public bool IsSignedOut { get; private set; }

    public int FailedSignIns { get; set; }

    /// <summary>The transaction, from MAIL on.</summary>
    public SmtpTransaction? Transaction { get; private set; }

    /// <summary>Whether a password may cross this connection as it is.</summary>
    public bool MayAuthenticate => IsTls || server.Settings.AuthPlaintext switch
    {
        PlaintextAuth.Always => true,
        PlaintextAuth.Loopback => IPAddress.IsLoopback(remote.Address) && IPAddress.IsLoopback(local.Address),
        _ => false,
    };

    /// <summary>An AUTH command may carry a whole token (RFC 4954 §4).</summary>
    int LongestLine => IsSubmission && Caller is null ? Limits.AuthLine : Limits.CommandLine;

    /// <summary>Greets, then serves commands until either side has enough.</summary>
    public async Task Run()
    {
        await Reply(new SmtpReply(220, null, $"{server.HostName} ESMTP Bastide"));
        while (!_closed && await channel.ReadLine(LongestLine) is { } line)
        {
            ended.Token.ThrowIfCancellationRequested();
            switch (line.Fault)
            {
                case SmtpLineFault.TooLong:
                    await Refuse(Replies.LineTooLong);
                    break;
                case SmtpLineFault.BareNewline:
                    await Refuse(Replies.BareNewline);
                    break;
                default:
                    await Serve(line.Text);
                    break;
            }
        }

        if (_closed) await channel.Flush();
    }

    /// <summary>Writes an answer.</summary>
    public ValueTask Reply(SmtpReply reply) => channel.Write(reply);

    /// <summary>Writes a refusal, and closes after too many of them.</summary>
    public async ValueTask Refuse(SmtpReply reply)
    {
        await Reply(reply);
        if (++_errors >= Limits.Errors) await CloseWith(Replies.TooManyErrors);
    }

    /// <summary>Refuses a recipient; a list with many stale addresses is not yet an attack.</summary>
    public async ValueTask RefuseRecipient(SmtpReply reply)
    {
        await Reply(reply);
        if (++_refusedRecipients >= Limits.RefusedRecipients) await CloseWith(Replies.TooManyErrors);
    }

    /// <summary>Says a last word and closes.</summary>
    public async ValueTask CloseWith(SmtpReply reply)
    {
        if (_closed) return;
        await Reply(reply);
        Close();
    }

    /// <summary>Closes once what was written has left.</summary>
    public void Close() => _closed = true;

    /// <summary>A message was taken: chatter is counted anew, so that a server with many messages may keep its connection.</summary>
    public void Took() => _idleCommands = 0;

    /// <summary>The peer has introduced itself.</summary>
    public void Greeted(string name, bool extended)
    {
        PeerName = name;
        IsExtended = extended;
    }

    /// <summary>Begins a transaction.</summary>
    public void Begin(SmtpTransaction transaction) => Transaction = transaction;

    /// <summary>Forgets the transaction and what came of its message.</summary>
    public async ValueTask EndTransaction()
    {
        var transaction = Transaction;
        Transaction = null;
        if (transaction is not null) await transaction.DisposeAsync();
    }

    /// <summary>Someone is signed in; when that sign-in is revoked the connection ends.</summary>
    public void SignedIn(Caller caller)
    {
        Caller = caller;
        _revocation = server.SignIn.Revoked(caller.Session).Register(() =>
        {
            IsSignedOut = true;
            try
            {
                ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The connection ended in the same moment.
            }
        });
    }

    /// <summary>Forgets everything the peer said in clear. RFC 3207 §4.2.</summary>
    public async ValueTask Restart()
    {
        await EndTransaction();
        PeerName = null;
        IsExtended = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _revocation.DisposeAsync();
        await EndTransaction();
    }

    async ValueTask Serve(byte[] line)
    {
        if (!SmtpCommand.TryParse(new ReadOnlySequence<byte>(line), out var command))
        {
            await Refuse(Replies.NotACommand);
            return;
        }

        if (!SmtpVerbs.Table.TryGetValue(command.Verb, out var verb))
        {
            await Refuse(Replies.Unknown);
            return;
        }

        if (!verb.BringsForward && ++_idleCommands > Limits.IdleCommands)
        {
            await CloseWith(Replies.TooManyCommands);
            return;
        }

        await verb.Handle(this, command);
    }
}
