namespace Bastide.Drive.Tests.Tus;

public sealed class TusOnPostgres(DrivePostgres fixture) : TusContract(fixture), IClassFixture<DrivePostgres>;
