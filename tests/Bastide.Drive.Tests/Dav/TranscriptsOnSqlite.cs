namespace Bastide.Drive.Tests.Dav;

public sealed class TranscriptsOnSqlite(DriveSqlite fixture) : TranscriptContract(fixture), IClassFixture<DriveSqlite>;
