using System.Text.Json.Serialization;

namespace Bastide.Calendar.Booking;

/// <summary>How the payloads of jobs are written.</summary>
[JsonSerializable(typeof(BookingMailPayload))]
sealed partial class BookingJson : JsonSerializerContext;
