namespace Bastide.Platform.Limits;

/// <summary>A token bucket: so much at once, so much in the long run. Keep one in a static field per rule.</summary>
/// <param name="Name">What is limited; keys of different names are counted apart.</param>
/// <param name="Burst">How much may be taken at once after a rest.</param>
/// <param name="PerSecond">How much comes back each second.</param>
public sealed record RateLimit(string Name, double Burst, double PerSecond);
