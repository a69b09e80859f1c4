using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;

namespace Bastide.Mail.Import;

/// <summary>How far one import is, and what it has met.</summary>
sealed class ImportRun(AccountId account, ImportTarget target)
{
    readonly Dictionary<BlobId, IReadOnlyList<string>> _met = [];
    long _refused;
    string? _lastError;

    public AccountId Account => account;

    public ImportTarget Target => target;

    public long Read { get; set; }

    public long Added { get; set; }

    public long AlreadyThere { get; set; }

    public long Octets { get; set; }

    public long Total { get; set; }

    public ImportProgress Progress => new(Read, Added, AlreadyThere, _refused, Math.Min(Octets, Total), Total, _lastError);

    /// <summary>Counts messages that were not stored.</summary>
    public void Refuse(int count, string reason)
    {
        if (count <= 0) return;
        _refused += count;
        _lastError = reason;
    }

    /// <summary>Where the same message was met first in this run, or null when this is the first time.</summary>
    public IReadOnlyList<string>? Meet(BlobId blob, IReadOnlyList<string> mailbox) => _met.TryAdd(blob, mailbox) ? null : _met[blob];
}
