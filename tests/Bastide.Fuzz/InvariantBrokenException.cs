namespace Bastide.Fuzz;

/// <summary>An input showed that something does not hold that must.</summary>
/// <param name="message">What.</param>
/// <param name="inner">The error that showed it, or null.</param>
sealed class InvariantBrokenException(string message, Exception? inner = null) : Exception(message, inner);
