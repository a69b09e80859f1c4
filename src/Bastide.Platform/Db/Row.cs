using System.Data.Common;

namespace Bastide.Platform.Db;

/// <summary>One row, read by ordinal. Valid only inside the mapping function it was given to.</summary>
public readonly struct Row(DbDataReader reader)
{
    /// <summary>How many columns there are.</summary>
    public int Columns => reader.FieldCount;

    /// <summary>Whether the column is NULL.</summary>
    public bool IsNull(int column) => reader.IsDBNull(column);

    /// <summary>A BIGINT.</summary>
    public long Long(int column) => reader.GetInt64(column);

    /// <summary>A BIGINT or NULL.</summary>
    public long? LongOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    /// <summary>A BIGINT that fits 32 bits; throws <see cref="OverflowException"/> otherwise.</summary>
    public int Int(int column) => checked((int)reader.GetInt64(column));

    /// <summary>A floating-point number.</summary>
    public double Double(int column) => reader.GetDouble(column);

    /// <summary>A BOOLEAN.</summary>
    public bool Bool(int column) => reader.GetBoolean(column);

    /// <summary>A text.</summary>
    public string Text(int column) => reader.GetString(column);

    /// <summary>A text or NULL.</summary>
    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Octets.</summary>
    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    /// <summary>Octets or NULL.</summary>
    public byte[]? BytesOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    /// <summary>A time, kept as milliseconds since 1970 UTC.</summary>
    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    /// <summary>A time or NULL.</summary>
    public DateTimeOffset? TimeOrNull(int column) => reader.IsDBNull(column) ? null : Time(column);
}
