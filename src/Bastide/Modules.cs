using Bastide.Calendar;
using Bastide.Contacts;
using Bastide.Drive;
using Bastide.Identity;
using Bastide.Mail;
using Bastide.Platform.Modules;

namespace Bastide;

/// <summary>
/// The houses on the square, in the order they start. Taking a line out leaves a workplace that builds and runs
/// without that house.
/// </summary>
static class Modules
{
    /// <summary>A new list of all of them.</summary>
    public static IReadOnlyList<IModule> All() =>
    [
        new IdentityModule(),
        new MailModule(),
        new ContactsModule(),
        new CalendarModule(),
        new DriveModule(),
    ];
}
