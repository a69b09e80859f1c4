using Bastide.Identity;

namespace Bastide.Drive.Tests;

public sealed class DriveSqlite() : SqliteFixture(typeof(DriveModule).Assembly, typeof(IdentityModule).Assembly);
