namespace Bastide.Platform.Db;

/// <summary>A typed value (an id, a sequence) that a statement binds as its plain form.</summary>
public interface IDbValue
{
    /// <summary>The form the database stores: <see cref="long"/>, <see cref="string"/> or <c>byte[]</c>.</summary>
    object DbValue { get; }
}
