namespace Bastide.Drive.Tests.Jmap;

public sealed class FileNodesOnSqlite(DriveSqlite fixture) : FileNodesContract(fixture), IClassFixture<DriveSqlite>;
