namespace Bastide.Drive.Tests.Store;

public sealed class FilesOnPostgres(DrivePostgres fixture) : FilesContract(fixture), IClassFixture<DrivePostgres>;
