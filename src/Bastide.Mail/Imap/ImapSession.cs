using System.Net;
using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Settings;
using Bastide.Protocols.Imap;
using Microsoft.Extensions.Logging;

namespace Bastide.Mail.Imap;

/// <summary>
/// One connection's conversation, one command at a time (RFC 9051 §3). Holds who the client is, what it enabled and which
/// mailbox it selected; the verbs do the rest. Nothing is told of a mailbox but by <see cref="Sync"/> and the verb at hand.
/// </summary>
sealed class ImapSession(ImapServer server, ImapChannel channel, IPEndPoint remote, IPEndPoint local, CancellationTokenSource ended) : IAsyncDisposable
{
    readonly CommandReader _commands = new(channel, server.Limits);
    CancellationTokenRegistration _revocation;
    CancellationTokenSource? _signingIn;
    IDisposable? _place;
    NotifyWatch? _watch;
    int _errors;
    bool _closed;

    public ImapServer Server => server;

    public ImapChannel Channel => channel;

    public ImapWriter Out => channel.Out;

    /// <summary>Where the peer is.</summary>
    public IPEndPoint Remote => remote;

    /// <summary>Ends with the connection, the server, or the sign-in.</summary>
    public CancellationToken Cancellation => ended.Token;

    /// <summary>Who is signed in.</summary>
    public Caller? Caller { get; private set; }

    /// <summary>The mailbox that is selected.</summary>
    public SelectedMailbox? Selected { get; private set; }

    /// <summary>Whether the client wants modification sequences told (RFC 7162 §3.1).</summary>
    public bool IsCondstore { get; private set; }

    /// <summary>Whether it wants UIDs told of what is gone (RFC 7162 §3.2).</summary>
    public bool IsQresync { get; set; }

    /// <summary>Whether it speaks of UIDs alone, and wants to be spoken to so (RFC 9586).</summary>
    public bool IsUidOnly { get; set; }

    /// <summary>Whether it speaks IMAP4rev2 (RFC 9051 §6.3.1).</summary>
    public bool IsRev2 { get; set; }

    /// <summary>Whether the sign-in was taken back while the connection was open.</summary>
    public bool IsSignedOut { get; private set; }

    /// <summary>What the client asked to be told (RFC 5465), in the place of what it asked before; null before it asked.</summary>
    public NotifyWatch? Watch
    {
        get => _watch;
        set
        {
            _watch?.Dispose();
            _watch = value;
        }
    }

    public int FailedSignIns { get; set; }

    /// <summary>Whether a password may cross this connection as it is.</summary>
    public bool MayAuthenticate => channel.IsTls || server.Settings.AuthPlaintext switch
    {
        PlaintextAuth.Always => true,
        PlaintextAuth.Loopback => IPAddress.IsLoopback(remote.Address) && IPAddress.IsLoopback(local.Address),
        _ => false,
    };

    /// <summary>Whether the last word was said.</summary>
    public bool IsClosed => _closed;

    ImapStates State => Caller is null ? ImapStates.NotAuthenticated : Selected is null ? ImapStates.Authenticated : ImapStates.Selected;

    /// <summary>Greets, then serves commands until either side has enough.</summary>
    public async Task Run()
    {
        _signingIn = new CancellationTokenSource(server.Limits.BeforeSignIn, server.Time);
        await using var late = _signingIn.Token.Register(ended.Cancel);
        Out.Text($"* OK [CAPABILITY {Capabilities.Of(this)}] Bastide is ready").Line();
        while (!_closed)
        {
            ended.Token.ThrowIfCancellationRequested();
            try
            {
                if (_watch is not null) await Hear();
                if (await _commands.Next(this) is not { } command) break;
                await Serve(command);
            }
            catch (ImapLineTooLongException)
            {
                await Bye("The command is too long");
            }
        }

        await channel.Flush();
    }

    /// <summary>Tells what happens as it happens, until the task is done (RFC 9051 §6.3.13, RFC 5465).</summary>
    public async ValueTask TellUntil(Task done, bool mayExpunge)
    {
        while (!_closed)
        {
            await Sync(mayExpunge);
            if (_watch is not null) await _watch.Tell();
            await channel.Flush();
            if (done.IsCompleted) return;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            // What is not told is not waited for either: it would be there at once, again and again.
            Task[] changed = [.. Selected is { } mailbox && _watch is not { TellsMessages: false } ? [mailbox.WhenChanged(over.Token).AsTask()] : Array.Empty<Task>(), .. _watch?.WhenChanged(over.Token) ?? []];
            var first = await Task.WhenAny([done, .. changed]);
            await over.CancelAsync();
            if (first == done) return;
            await first;
        }
    }

    /// <summary>Tells what happened to the selected mailbox, then that the command is done.</summary>
    public async ValueTask Ok(ImapCommand command, string text)
    {
        await SyncAfter(command);
        Out.Text(command.Tag).Text(" OK ").Text(text).Line();
        _errors = 0;
    }

    /// <summary>Tells that the command could not be done; the text may begin with a response code.</summary>
    public async ValueTask No(ImapCommand command, string text)
    {
        await SyncAfter(command);
        Out.Text(command.Tag).Text(" NO ").Text(text).Line();
    }

    /// <summary>The same for why an operation refused (RFC 5530).</summary>
    public ValueTask No(ImapCommand command, MailError error, string? notFound = null) => No(command, error.Failure switch
    {
        MailFailure.NotFound => $"[{notFound ?? "NONEXISTENT"}] There is no such mailbox",
        MailFailure.Forbidden => $"[NOPERM] {error.Description}",
        MailFailure.OverQuota => $"[OVERQUOTA] {error.Description}",
        MailFailure.TooLarge => $"[TOOBIG] {error.Description}",
        MailFailure.TooManyKeywords or MailFailure.TooManyItems or MailFailure.TooManyMailboxes => $"[LIMIT] {error.Description}",
        MailFailure.AlreadyExists => $"[ALREADYEXISTS] {error.Description}",
        MailFailure.MailboxHasChild => $"[HASCHILDREN] {error.Description}",
        _ => $"[CANNOT] {error.Description}",
    });

    /// <summary>Tells that what came is no command, and closes after too many of them.</summary>
    public async ValueTask Bad(string tag, string text)
    {
        Out.Text(tag).Text(" BAD ").Text(text).Line();
        if (++_errors >= server.Limits.Errors) await Bye("Too many errors");
    }

    /// <summary>Says a last word and closes.</summary>
    public ValueTask Bye(string text)
    {
        if (!_closed) Out.Text("* BYE ").Text(text).Line();
        _closed = true;
        return channel.Flush();
    }

    /// <summary>The peer has gone: there is nobody to say a last word to.</summary>
    public void Hang() => _closed = true;

    /// <summary>Someone is signed in; when that sign-in is revoked the connection ends. False when they have too many connections.</summary>
    public bool SignedIn(Caller caller)
    {
        _place = server.Limiter.TryEnter(server.Limits.AccountConnections, caller.Person.ToString());
        if (_place is null) return false;
        _signingIn!.CancelAfter(Timeout.InfiniteTimeSpan);
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
        return true;
    }

    /// <summary>Selects a mailbox in the place of the one that was.</summary>
    public void Select(SelectedMailbox mailbox)
    {
        Deselect();
        Selected = mailbox;
    }

    /// <summary>
    /// From here on modification sequences are told. The first time it is told where the selected mailbox stands
    /// (RFC 7162 §3.1).
    /// </summary>
    public void BeginCondstore()
    {
        if (IsCondstore) return;
        IsCondstore = true;
        if (Selected is { } mailbox) TellModSeq(mailbox);
    }

    /// <summary>Leaves the selected mailbox as it is.</summary>
    public void Deselect()
    {
        Selected?.Dispose();
        Selected = null;
    }

    /// <summary>
    /// Tells what happened to the selected mailbox since it was last told: first what is gone, when that may be told, then
    /// how many there are, then what changed (RFC 9051 §5.2, §7.5.1).
    /// </summary>
    public ValueTask Sync(bool mayExpunge) => _watch is { TellsMessages: false } ? ValueTask.CompletedTask : SyncAlways(mayExpunge);

    /// <summary>The same as a command lets it. A client that asked to be told nothing is still told what its own command removed.</summary>
    public ValueTask SyncAfter(ImapCommand command) =>
        command.Verb.Removes ? SyncAlways(mayExpunge: true) : Sync(command.Verb.MayExpunge && !command.NamesNumbers);

    async ValueTask SyncAlways(bool mayExpunge)
    {
        if (Selected is not { } mailbox) return;
        var wasDelayed = mailbox.OwesGone;
        var (changed, came, keywords) = (new List<Place>(), 0, new Dictionary<long, List<string>>());
        if (mailbox.TakeChanged())
        {
            if (await server.MailboxMessages.Since(Caller!, mailbox.Account, mailbox.Id, mailbox.ModSeq, Cancellation) is not { } delta)
            {
                await Bye("[UNAVAILABLE] The mailbox is not there any more");
                return;
            }

            (changed, came) = mailbox.Take(delta);
            keywords = delta.Keywords;
        }

        if (mayExpunge) TellGone(mailbox);
        if (came > 0)
        {
            Out.Raw("* "u8).Number(mailbox.Uids.Count).Raw(" EXISTS\r\n"u8);
            if (_watch?.OfSelected?.Items is { } items) await Verbs.Fetch.Tell(this, mailbox, mailbox.Uids[^came..], items);
        }

        if (_watch is null || _watch.OfSelected?.Events.HasFlag(NotifyEvents.FlagChange) == true) await TellFlags(mailbox, changed, keywords);
        // A client that went away now must not believe that it knows what it was not told (RFC 7162 §3.2, §6).
        if (IsCondstore && (mailbox.OwesGone || wasDelayed)) TellModSeq(mailbox);
    }

    async ValueTask TellFlags(SelectedMailbox mailbox, List<Place> changed, Dictionary<long, List<string>> keywords)
    {
        foreach (var place in changed)
        {
            // What was told as gone a moment ago has no number any more.
            if (mailbox.NumberOf(place.Uid) is not (var number and > 0)) continue;
            // Whoever did not ask for it is told the UID as well (RFC 9051 §7.5.2).
            WriteFlags(number, place, keywords.GetValueOrDefault(place.Message), withUid: true);
            await channel.FlushSome();
        }
    }

    void TellModSeq(SelectedMailbox mailbox) => Out.Raw("* OK [HIGHESTMODSEQ "u8).Number(mailbox.Settled).Raw("] Everything up to here is told\r\n"u8);

    /// <summary>Tells the flags of a message.</summary>
    public void WriteFlags(int number, Place place, IReadOnlyList<string>? others, bool withUid)
    {
        BeginFetch(number, place.Uid);
        if (withUid && !IsUidOnly) Out.Raw("UID "u8).Number(place.Uid).Space();
        Out.Raw("FLAGS "u8);
        ImapFlags.Write(Out, place.Flags, others);
        if (IsCondstore) Out.Raw(" MODSEQ ("u8).Number(place.ModSeq).Close();
        Out.Close().Line();
    }

    /// <summary>Begins to tell of a message: by its number, or by its UID where the client knows no numbers (RFC 9586 §3.3).</summary>
    public void BeginFetch(int number, uint uid)
    {
        if (IsUidOnly) Out.Raw("* "u8).Number(uid).Raw(" UIDFETCH ("u8);
        else Out.Raw("* "u8).Number(number).Raw(" FETCH ("u8);
    }

    public async ValueTask DisposeAsync()
    {
        await _revocation.DisposeAsync();
        _signingIn?.Dispose();
        Watch = null;
        _place?.Dispose();
        Deselect();
    }

    /// <summary>Waits for the next command, telling what the client asked to be told meanwhile.</summary>
    async ValueTask Hear()
    {
        var isDelayed = _watch!.OfSelected is { Scope: NotifyScope.SelectedDelayed };
        var input = channel.WhenInput(server.Limits.Idle).AsTask();
        await TellUntil(input, mayExpunge: !isDelayed);
        if (!_closed) await input;
    }

    void TellGone(SelectedMailbox mailbox)
    {
        var (uids, numbers) = mailbox.TakeGone();
        if (uids.Count == 0) return;
        if (IsQresync || IsUidOnly)
        {
            Out.Raw("* VANISHED "u8).Text(SequenceSet.Format(uids)).Line();
            return;
        }

        foreach (var number in numbers) Out.Raw("* "u8).Number(number).Raw(" EXPUNGE\r\n"u8);
    }

    async ValueTask Serve(ImapCommand command)
    {
        var began = server.Time.GetTimestamp();
        try
        {
            if (!command.Verb.States.HasFlag(State))
            {
                await Bad(command.Tag, Caller is null ? "Sign in first" : command.Verb.States == ImapStates.NotAuthenticated ? "You are signed in already" : "Select a mailbox first");
                return;
            }

            if (IsUidOnly && command.Verb.TakesNumbers) await Bad(command.Tag, "[UIDREQUIRED] Once UIDONLY is enabled messages go by their UIDs");
            else await command.Verb.Handle(this, command);
        }
        catch (ImapSyntaxException exception)
        {
            await Bad(command.Tag, exception.Message);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException or ImapLineTooLongException))
        {
            server.Logger.LogError(exception, "The IMAP command {Verb} failed", command.Verb.Name);
            Out.Text(command.Tag).Text(" NO [SERVERBUG] Something went wrong here; try again later").Line();
        }
        finally
        {
            ImapMeter.Served(command.Verb.Name, server.Time.GetElapsedTime(began));
        }
    }
}
