using Bastide.Abstractions.Identity;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Bastide.Platform.Net;
using Bastide.Platform.Search;
using Bastide.Platform.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bastide.Mail.Imap;

/// <summary>What every IMAP session needs of the workplace.</summary>
sealed record ImapServer(
    BastideSettings Settings,
    ImapLimits Limits,
    ISignIn SignIn,
    Database Database,
    BlobStore Blobs,
    IDirectory Directory,
    Mailboxes Mailboxes,
    MailboxShares Shares,
    Annotations Annotations,
    Messages Messages,
    MailboxMessages MailboxMessages,
    SearchIndex Search,
    Indexer Indexer,
    ChangeFeed Feed,
    Limiter Limiter,
    TlsCertificates Certificates,
    TimeProvider Time,
    IHostApplicationLifetime Lifetime,
    ILogger<ImapServer> Logger);
