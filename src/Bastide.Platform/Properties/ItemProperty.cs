namespace Bastide.Platform.Properties;

/// <summary>What a client keeps with an item or a collection without the program knowing what it means.</summary>
/// <param name="Item">The item.</param>
/// <param name="Name">Its name, whatever the protocol calls it by.</param>
/// <param name="Value">Its value, as it came.</param>
public readonly record struct ItemProperty(long Item, string Name, string Value);
