using Bastide.Platform.Changes;

namespace Bastide.Platform.Accounts;

/// <summary>A collection of an account that a grant can name: a mailbox, a calendar, an address book, a folder, a room.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Id">Its number within the type.</param>
public readonly record struct CollectionRef(DataType Type, long Id);
