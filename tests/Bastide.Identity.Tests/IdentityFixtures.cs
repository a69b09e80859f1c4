namespace Bastide.Identity.Tests;

public sealed class IdentityOnSqlite() : IdentityFixture(Platform.Db.Engine.Sqlite);

public sealed class IdentityOnPostgres() : IdentityFixture(Platform.Db.Engine.Postgres);
