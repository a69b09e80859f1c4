namespace Bastide.Drive.Tests.Jmap;

public sealed class FileNodesOnPostgres(DrivePostgres fixture) : FileNodesContract(fixture), IClassFixture<DrivePostgres>;
