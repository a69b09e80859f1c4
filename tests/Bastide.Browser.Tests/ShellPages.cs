using System.Net.Http.Headers;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>What the tests of the shell share: somebody new with the inbox open, and words for what is on it.</summary>
public abstract class ShellPages(Workplace workplace) : AccountPages(workplace)
{
    /// <summary>Somebody new, signed in, whose inbox shows.</summary>
    protected async Task<(Person Person, string Address)> Newcomer(string locale = "en-GB", ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        var address = await AddPerson();
        var person = await Open(locale, scheme, width);
        await person.Page.GotoAsync("/");
        await EnterPassword(person, address);
        await ShouldShowInbox(person.Page);
        return (person, address);
    }

    /// <summary>The demo's Alice, signed in, whose inbox shows; for tests that leave her mail as it is.</summary>
    protected async Task<Person> Alice(string locale = "en-GB", ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        var person = await Open(locale, scheme, width);
        await person.Page.GotoAsync("/");
        await EnterPassword(person, "alice", Workplace.Password);
        await ShouldShowInbox(person.Page);
        return person;
    }

    /// <summary>The inbox is there, in either language.</summary>
    protected static Task ShouldShowInbox(IPage page) =>
        Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^(Inbox|Réception)$") })).ToBeVisibleAsync(new() { Timeout = 15_000 });

    /// <summary>A message from outside, by SMTP.</summary>
    protected async Task Deliver(string address, string subject, string text = "Hello.")
    {
        var message = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = text } };
        message.From.Add(new MailboxAddress("Oscar Outside", "outside@elsewhere.example"));
        message.To.Add(new MailboxAddress("", address));
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", Place.Server.Smtp, SecureSocketOptions.None, Cancellation);
        await smtp.SendAsync(message, new MailboxAddress("", "outside@elsewhere.example"), [new MailboxAddress("", address)], Cancellation);
        await smtp.DisconnectAsync(true, Cancellation);
    }

    /// <summary>Ends every session of a person, as an administrator does for a lost laptop.</summary>
    protected async Task EndSessions(string address)
    {
        using var http = new HttpClient { BaseAddress = Place.Server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"chloe@demo.localhost:{Workplace.Password}")));
        using var answer = await http.DeleteAsync($"admin/api/users/{Uri.EscapeDataString(address)}/sessions", Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What was noted, but for the browser's own word that a request was answered with one of these.</summary>
    protected static IEnumerable<string> FaultsBeyond(Person person, params int[] statuses) =>
        person.Faults.Where(fault => !statuses.Any(status => fault.Contains($"the server responded with a status of {status} ", StringComparison.Ordinal)));
}
