namespace Bastide.Protocols.Jmap;

/// <summary>Makes <see cref="Optional{T}"/>.</summary>
public static class Optional
{
    /// <summary>A given value, perhaps null.</summary>
    public static Optional<T> Of<T>(T? value) => new(value, true);
}
