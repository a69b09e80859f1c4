namespace Bastide.Protocols.Jmap;

/// <summary>A property of a patch: given, perhaps as null, or left as it is (the default).</summary>
/// <typeparam name="T">The property's type.</typeparam>
/// <param name="Value">What is given.</param>
/// <param name="IsGiven">Whether it is given.</param>
public readonly record struct Optional<T>(T? Value, bool IsGiven)
{
    /// <summary>What is given, or else <paramref name="present"/>.</summary>
    public T? Or(T? present) => IsGiven ? Value : present;
}
