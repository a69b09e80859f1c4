namespace Bastide.Protocols.VCard.JsContact;

/// <summary>One value within a structured value.</summary>
/// <param name="Position">The component it stands in.</param>
/// <param name="Index">Its place within that.</param>
/// <param name="Kind">What kind of JSContact component it is.</param>
/// <param name="Text">The value.</param>
readonly record struct ComponentValue(int Position, int Index, string Kind, string Text);
