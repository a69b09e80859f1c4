using Bastide.Platform.Db;

namespace Bastide.Platform.Changes;

/// <summary>A kind of item that changes and is told of, by its JMAP name: <c>Email</c>, <c>Mailbox</c>, <c>CalendarEvent</c>.</summary>
public readonly record struct DataType(string Name) : IDbValue
{
    object IDbValue.DbValue => Name;

    /// <summary>The JMAP name.</summary>
    public override string ToString() => Name;
}
