using System.Globalization;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary>
/// How the calendar writes its ids. An instance of a series has the id of the event and the digits of its recurrence id:
/// <c>v12-20261123T093000</c>.
/// </summary>
static class CalendarIds
{
    public static readonly WireId Calendar = new('c');
    public static readonly WireId Event = new('v');
    public static readonly WireId Identity = new('q');
    public static readonly WireId Link = new('l');
    public static readonly WireId BookingPage = new('b');
    public static readonly WireId Principal = new('p');

    /// <summary>The id of an event or instance.</summary>
    public static string Write(EventRef reference) => reference.Instance is null
        ? Event.Write(reference.Id)
        : $"{Event.Write(reference.Id)}-{reference.Instance.Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal)}";

    /// <summary>What an id stands for, or null.</summary>
    public static EventRef? ReadEvent(string? id)
    {
        if (id is null) return null;
        var dash = id.IndexOf('-', StringComparison.Ordinal);
        if (Event.Read(dash < 0 ? id : id[..dash]) is not { } number) return null;
        if (dash < 0) return new EventRef(number);
        return DateTime.TryParseExact(id[(dash + 1)..], "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new EventRef(number, time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>The principal of an account (RFC 9670): every person and team is one.</summary>
    public static string PrincipalOf(AccountId account) => Principal.Write(account.Value);

    /// <summary>The account of a principal, or null.</summary>
    public static AccountId? AccountOf(string? principal) => Principal.Read(principal) is { } number ? new AccountId(number) : null;
}
