using System.Text.Json.Serialization;

namespace Bastide.Mail.Delivery;

/// <summary>How envelopes and the payloads of jobs are written.</summary>
[JsonSerializable(typeof(DeliveryPayload))]
[JsonSerializable(typeof(ReleasePayload))]
[JsonSerializable(typeof(VacationPayload))]
[JsonSerializable(typeof(Envelope))]
sealed partial class DeliveryJson : JsonSerializerContext;
