using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// One method: takes the call, answers the arguments of its response. Throws <see cref="JmapException"/> for a
/// method-level error (RFC 8620 §3.6.2).
/// </summary>
public delegate ValueTask<JsonObject> JmapMethod(JmapCall call);
