using System.Text.Json.Serialization;

namespace Bastide.Calendar.Scheduling;

/// <summary>How the payloads of jobs are written.</summary>
[JsonSerializable(typeof(ITipPayload))]
[JsonSerializable(typeof(IMipPayload))]
sealed partial class SchedulingJson : JsonSerializerContext;
