namespace Bastide.Drive.Tests.Tus;

public sealed class TusOnSqlite(DriveSqlite fixture) : TusContract(fixture), IClassFixture<DriveSqlite>;
