using Bastide.Mail.Mime;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>What messages say of themselves: header, preview and structure.</summary>
static class ContentTable
{
    static readonly Sql Insert = new("INSERT INTO message_contents (message_id, header, preview, structure) VALUES ($1, $2, $3, $4)");

    static readonly Sql SelectForList = new($"""
        SELECT {MessageTable.ListColumns}, c.header, c.preview
        FROM messages m JOIN message_contents c ON c.message_id = m.id WHERE m.id {"{any $2} AND {sqlite:+}m.account_id = $1"}
        """);

    static readonly Sql SelectWhole = new($"""
        SELECT {MessageTable.ListColumns}, c.header, c.preview, c.structure
        FROM messages m JOIN message_contents c ON c.message_id = m.id WHERE m.id {"{any $2} AND {sqlite:+}m.account_id = $1"}
        """);

    static readonly Sql SelectHeaders = new("SELECT message_id, header FROM message_contents WHERE message_id {any $1}");

    /// <summary>Stores them for new messages.</summary>
    public static ValueTask Create(WriteScope scope, IEnumerable<(long Id, ParsedMessage Message)> messages) =>
        scope.ExecuteMany(Insert, [.. messages.Select(m => new object?[] { m.Id, MessageJson.Write(m.Message.Header), m.Message.Preview, MessageJson.Write(m.Message.Structure) })]);

    /// <summary>The messages with header and preview, and with their parts when asked; in no order.</summary>
    public static async ValueTask<List<StoredMessage>> Find(ReadScope scope, AccountId account, long[] ids, bool withStructure)
    {
        var found = withStructure
            ? await scope.List(SelectWhole, row => new StoredMessage(MessageTable.Map(row), MessageJson.ReadHeader(row.Bytes(9)), row.Text(10), MessageJson.ReadStructure(row.Bytes(11))), account, ids)
            : await scope.List(SelectForList, row => new StoredMessage(MessageTable.Map(row), MessageJson.ReadHeader(row.Bytes(9)), row.Text(10), null), account, ids);
        await MessageTable.Complete(scope, found.ConvertAll(m => m.Row));
        return found;
    }

    /// <summary>What is made of the headers of messages as they are stored, one after the other: UTF-8 that <see cref="MessageJson.ReadHeader"/> reads.</summary>
    public static async ValueTask<Dictionary<long, T>> Headers<T>(ReadScope scope, long[] ids, Func<long, byte[], T> make) =>
        (await scope.List(SelectHeaders, row => (Id: row.Long(0), Made: make(row.Long(0), row.Bytes(1))), ids)).ToDictionary(each => each.Id, each => each.Made);

    /// <summary>The headers of messages.</summary>
    public static async ValueTask<Dictionary<long, MessageHeader>> Headers(ReadScope scope, long[] ids) =>
        (await scope.List(SelectHeaders, row => (row.Long(0), MessageJson.ReadHeader(row.Bytes(1))), ids)).ToDictionary(h => h.Item1, h => h.Item2);
}
