using Bastide.Identity;

namespace Bastide.Drive.Tests;

public sealed class DrivePostgres() : PostgresFixture(typeof(DriveModule).Assembly, typeof(IdentityModule).Assembly);
