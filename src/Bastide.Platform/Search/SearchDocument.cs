namespace Bastide.Platform.Search;

/// <summary>What an item can be found by. Long texts are indexed up to <see cref="SearchText.MostCharacters"/>.</summary>
/// <param name="ItemId">The item, unique within its account and type.</param>
/// <param name="Title">Its subject or name.</param>
/// <param name="Sender">Who made it: names and addresses.</param>
/// <param name="Recipients">Who it is for: names and addresses.</param>
/// <param name="Body">What it says, without mark-up.</param>
/// <param name="Names">Names of what is attached.</param>
public sealed record SearchDocument(long ItemId, string Title = "", string Sender = "", string Recipients = "", string Body = "", string Names = "");
