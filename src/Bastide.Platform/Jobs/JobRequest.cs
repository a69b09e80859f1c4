namespace Bastide.Platform.Jobs;

/// <summary>Work to be done later, once, by whichever node is free.</summary>
/// <param name="Kind">Which <see cref="IJobHandler"/> does it.</param>
/// <param name="Payload">What the handler needs to know, as JSON.</param>
/// <param name="RunAt">The earliest time, or null for now.</param>
/// <param name="Key">A name within the kind, or null. Asked for again under the same name it is one job, with the new payload and time.</param>
public sealed record JobRequest(string Kind, string Payload, DateTimeOffset? RunAt = null, string? Key = null);
