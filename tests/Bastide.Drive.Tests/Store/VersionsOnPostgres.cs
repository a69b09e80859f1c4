namespace Bastide.Drive.Tests.Store;

public sealed class VersionsOnPostgres(DrivePostgres fixture) : VersionsContract(fixture), IClassFixture<DrivePostgres>;
