namespace Bastide.Protocols.Jmap;

/// <summary>Gathers the properties at fault while an object is read, and the sentence that says why of the first.</summary>
public sealed class InvalidProperties
{
    readonly List<string> _properties = [];
    string? _why;

    /// <summary>Whether any is at fault.</summary>
    public bool Any => _properties.Count > 0;

    /// <summary>Notes a property at fault.</summary>
    public void Add(string property, string why)
    {
        _why ??= $"{property}: {why}";
        if (!_properties.Contains(property, StringComparer.Ordinal)) _properties.Add(property);
    }

    /// <summary>The <c>invalidProperties</c> error of RFC 8620 §5.3.</summary>
    public SetError ToError() => new("invalidProperties", _why, _properties);

    /// <summary>The same for one property.</summary>
    public static SetError Of(string property, string why) => new("invalidProperties", $"{property}: {why}", [property]);
}
