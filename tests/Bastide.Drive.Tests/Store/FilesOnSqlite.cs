namespace Bastide.Drive.Tests.Store;

public sealed class FilesOnSqlite(DriveSqlite fixture) : FilesContract(fixture), IClassFixture<DriveSqlite>;
