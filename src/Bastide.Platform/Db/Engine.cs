namespace Bastide.Platform.Db;

/// <summary>The two databases everything works on.</summary>
public enum Engine
{
    /// <summary>Embedded, one writer, the default.</summary>
    Sqlite,

    /// <summary>PostgreSQL, for several nodes.</summary>
    Postgres,
}
