namespace Bastide.Contacts.Store;

/// <summary>Somebody an account wrote to.</summary>
/// <param name="Address">The address, in lower case.</param>
/// <param name="Name">The name they were given last, or null.</param>
/// <param name="Score">How often and how lately, at the moment of the last letter.</param>
/// <param name="LastAt">When that was.</param>
sealed record Correspondent(string Address, string? Name, double Score, DateTimeOffset LastAt)
{
    static readonly TimeSpan HalfLife = TimeSpan.FromDays(60);

    /// <summary>The score as it has faded by now.</summary>
    public double At(DateTimeOffset now) => Score * Math.Pow(2, -Math.Max(0, (now - LastAt) / HalfLife));
}
