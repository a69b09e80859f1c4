namespace Bastide.Drive.Tests.Import;

public sealed class ImportOnSqlite(DriveSqlite fixture) : ImportContract(fixture), IClassFixture<DriveSqlite>;
