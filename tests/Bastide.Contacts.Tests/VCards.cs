using System.Text;

namespace Bastide.Contacts.Tests;

/// <summary>vCards as texts.</summary>
static class VCards
{
    /// <summary>A card of a uid and a name, with more lines.</summary>
    public static byte[] Of(string uid, string name, string more = "", string version = "4.0") =>
        Encoding.UTF8.GetBytes($"BEGIN:VCARD\nVERSION:{version}\nUID:{uid}\nFN:{name}\n{(more.Length == 0 ? "" : more.Trim() + "\n")}END:VCARD\n".ReplaceLineEndings("\r\n"));
}
