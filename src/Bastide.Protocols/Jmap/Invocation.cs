using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>A method call as it came (RFC 8620 §3.2).</summary>
/// <param name="Name">The method.</param>
/// <param name="Arguments">Its arguments, back-references not yet resolved.</param>
/// <param name="Id">The call's id.</param>
sealed record Invocation(string Name, JsonObject Arguments, string Id);
