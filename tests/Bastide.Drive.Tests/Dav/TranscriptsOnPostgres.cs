namespace Bastide.Drive.Tests.Dav;

public sealed class TranscriptsOnPostgres(DrivePostgres fixture) : TranscriptContract(fixture), IClassFixture<DrivePostgres>;
