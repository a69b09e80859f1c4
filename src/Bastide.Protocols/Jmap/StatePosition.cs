using System.Globalization;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// Where a reader of state changes stands: the change sequence of each account it reaches, up to which it was told
/// everything. Written <c>a1:42.a7:9</c>, as the id of an event, the <c>pushState</c> of a WebSocket, and beside a push
/// subscription. Never changed.
/// </summary>
sealed class StatePosition(IReadOnlyDictionary<AccountId, Sequence> told)
{
    const int Longest = 50_000;

    /// <summary>How far the account was told of; nothing of it when it was never reached.</summary>
    public Sequence this[AccountId account] => told.GetValueOrDefault(account);

    /// <summary>Whether the account was within reach.</summary>
    public bool Knows(AccountId account) => told.ContainsKey(account);

    /// <summary>Reads the written form; null for what is none.</summary>
    public static StatePosition? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > Longest) return null;
        var told = new Dictionary<AccountId, Sequence>();
        foreach (var part in text.Split('.'))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !AccountId.TryParse(part[..colon], null, out var account) || !Sequence.TryParse(part[(colon + 1)..], null, out var seq)) return null;
            told[account] = seq;
        }

        return new StatePosition(told);
    }

    /// <summary>The written form.</summary>
    public override string ToString() => string.Join('.', told.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Key}:{t.Value}")));
}
