namespace Bastide.Protocols.VCard.JsContact;

/// <summary>What is wrong with a JSContact card.</summary>
/// <param name="Path">Where, as a path of names with slashes between.</param>
/// <param name="Why">A sentence that tells what it must be.</param>
public sealed record JsContactFault(string Path, string Why);
