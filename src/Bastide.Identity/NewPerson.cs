namespace Bastide.Identity;

/// <summary>What it takes to add a person.</summary>
/// <param name="Address">Their address, on a domain of the workplace.</param>
/// <param name="Name">What others read; the address's local part when it is empty.</param>
/// <param name="Password">Their first password.</param>
public sealed record NewPerson(string Address, string Name, string Password)
{
    /// <summary>Whether they administer the whole workplace.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>The most octets their items may take; null for no bound.</summary>
    public long? Quota { get; init; }
}
