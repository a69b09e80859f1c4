namespace Bastide.Drive.Tests.Store;

public sealed class VersionsOnSqlite(DriveSqlite fixture) : VersionsContract(fixture), IClassFixture<DriveSqlite>;
