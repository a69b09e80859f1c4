using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using NodaTime;

namespace Bastide.Calendar.Alarms;

/// <summary>Somebody whose alarms of an object are looked for.</summary>
/// <param name="Account">Who.</param>
/// <param name="IsOwner">Whether the text of the object says their alarms.</param>
/// <param name="Personal">What they have of their own of it, where it is not theirs.</param>
/// <param name="AlertsWithTime">Their default alerts of events with a time, in its calendar.</param>
/// <param name="AlertsWithoutTime">Those of events without a time.</param>
/// <param name="Zone">The zone their clocks are in.</param>
/// <param name="Addresses">Who they are in invitations.</param>
sealed record AlarmPerson(
    AccountId Account, bool IsOwner, JsonObject? Personal, JsonObject? AlertsWithTime, JsonObject? AlertsWithoutTime, DateTimeZone Zone, IReadOnlySet<string> Addresses);
