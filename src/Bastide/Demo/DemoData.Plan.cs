using Bastide.Calendar;
using Bastide.Contacts;
using Bastide.Platform.Accounts;
using Bastide.Platform.Settings;
using Bastide.Protocols.Jmap;

namespace Bastide.Demo;

static partial class DemoData
{
    /// <summary>Puts events into the calendars of the people and of their team, this week and around it.</summary>
    static async Task Plan(IServiceProvider services, BastideSettings settings, Dictionary<string, AccountId> accounts, CancellationToken cancellation)
    {
        var (calendars, events) = (services.GetRequiredService<Calendars>(), services.GetRequiredService<CalendarEvents>());
        var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        foreach (var own in DemoEvent.All().GroupBy(each => each.In))
        {
            var (caller, account) = (Owner(own.Key, settings, accounts), accounts[own.Key]);
            var more = own.Select(each => each.Calendar).OfType<string>().Distinct()
                .ToDictionary(name => name, name => new CalendarCreate { Name = name, Properties = new CalendarUpdate { Color = Optional.Of("#c2522b") } });
            var made = await calendars.Set(caller, account, new CalendarSet { Create = more }, cancellation);
            var first = (await calendars.Get(caller, account, null, cancellation)).Found.First(calendar => calendar.IsDefault).Id;
            var create = own.Select((each, number) => (each, number)).ToDictionary(
                pair => $"e{pair.number}",
                pair => new EventCreate(pair.each.ToEvent(monday), pair.each.Calendar is { } name ? made.Created[name].Id : first, IsDraft: false));
            var outcome = await events.Set(caller, account, new EventSet { Create = create }, cancellation);
            if (outcome.NotCreated.Values.FirstOrDefault() is { } refused) throw new SettingsException($"The demo calendar of {own.Key} cannot be made: {refused.Description}");
        }
    }

    /// <summary>Puts the people they work with into their address books.</summary>
    static async Task Introduce(IServiceProvider services, BastideSettings settings, Dictionary<string, AccountId> accounts, CancellationToken cancellation)
    {
        var (books, cards) = (services.GetRequiredService<AddressBooks>(), services.GetRequiredService<ContactCards>());
        foreach (var own in DemoContact.All().GroupBy(each => each.In))
        {
            var (caller, account) = (Owner(own.Key, settings, accounts), accounts[own.Key]);
            var book = (await books.Get(caller, account, null, cancellation)).Found.First(each => each.IsDefault).Id;
            var create = own.Select((each, number) => (each, number)).ToDictionary(pair => $"c{pair.number}", pair => new CardCreate(pair.each.Card, [book]));
            var outcome = await cards.Set(caller, account, new CardSet { Create = create }, cancellation);
            if (outcome.NotCreated.Values.FirstOrDefault() is { } refused) throw new SettingsException($"The demo contacts of {own.Key} cannot be made: {refused.Description}");
        }
    }

    /// <summary>Who writes there: the person, for the team the one who owns it.</summary>
    static Caller Owner(string local, BastideSettings settings, Dictionary<string, AccountId> accounts)
    {
        var person = local == DemoLetters.Team.Local ? "alice" : local;
        return new Caller(accounts[person], $"{person}@{settings.Domain}", Session: 0, Caller.AllScopes);
    }
}
