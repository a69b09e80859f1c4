using Bastide.Platform.Accounts;

namespace Bastide.Drive.Uploads;

/// <summary>An upload that comes in parts and is no file yet.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Account">The account whose room it takes.</param>
/// <param name="Name">Its name among those of its person and kind.</param>
/// <param name="Length">How many octets there will be, where that was said.</param>
/// <param name="Facts">What the protocol wants to know again at the end, in its own words; or null.</param>
/// <param name="Size">How many octets are there.</param>
/// <param name="Expires">When it is forgotten.</param>
sealed record PartialUpload(long Id, AccountId Account, string Name, long? Length, string? Facts, long Size, DateTimeOffset Expires);
