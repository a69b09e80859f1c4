using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Bastide.Platform.Db;

namespace Bastide.Platform.Accounts;

/// <summary>The identity of an <see cref="Account"/>. Written <c>a12</c> on every wire (an RFC 8620 §1.2 Id).</summary>
public readonly record struct AccountId(long Value) : IDbValue, IParsable<AccountId>
{
    object IDbValue.DbValue => Value;

    /// <summary>The wire form, <c>a12</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"a{Value}");

    /// <summary>Reads the wire form; throws <see cref="FormatException"/> for anything else.</summary>
    public static AccountId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("An account id looks like a12.");

    /// <summary>Reads the wire form; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AccountId result)
    {
        result = default;
        if (s is not ['a', _, ..]) return false;
        if (!long.TryParse(s.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return false;
        result = new AccountId(value);
        return true;
    }
}
