namespace Bastide.Drive.Tests.Import;

public sealed class ImportOnPostgres(DrivePostgres fixture) : ImportContract(fixture), IClassFixture<DrivePostgres>;
