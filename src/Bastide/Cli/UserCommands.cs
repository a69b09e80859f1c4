using System.CommandLine;
using Bastide.Identity;

namespace Bastide.Cli;

/// <summary><c>bastide user add|list|disable|enable|remove|password</c>.</summary>
static class UserCommands
{
    const int Page = 500;

    public static Command Make()
    {
        var address = new Argument<string>("ADDRESS") { Description = "The person's address" };
        var command = new Command("user", "People") { Add(address), List(), Password(address) };
        command.Add(Act("disable", "Keep a person out; mail is deferred", address, (people, who, cancellation) => people.Disable(who, Actor.Operator, cancellation)));
        command.Add(Act("enable", "Let a disabled person in again", address, (people, who, cancellation) => people.Enable(who, Actor.Operator, cancellation)));
        command.Add(Act("remove", "Remove a person and everything they own", address, (people, who, cancellation) => people.Remove(who, Actor.Operator, cancellation)));
        return command;
    }

    static Command Add(Argument<string> address)
    {
        var name = new Option<string?>("--name") { Description = "The person's name" };
        var admin = new Option<bool>("--admin") { Description = "Make the person an administrator" };
        var passwordStdin = new Option<bool>("--password-stdin") { Description = "Read the password from standard input" };
        var command = new Command("add", "Add a person; prints a generated password when none is given") { address, name, admin, passwordStdin };
        command.SetAction((parsed, cancellation) => Offline.Begin(parsed, async services =>
        {
            var who = parsed.GetValue(address)!;
            var given = parsed.GetValue(passwordStdin) ? await Offline.ReadPassword(cancellation) : null;
            var password = given ?? Passwords.Generate();
            var person = new NewPerson(who, parsed.GetValue(name) ?? who.Split('@')[0], password) { IsAdministrator = parsed.GetValue(admin) };
            Offline.Value(await services.GetRequiredService<People>().Add(person, Actor.Operator, cancellation));
            if (given is null) Console.WriteLine(password);
            return 0;
        }, cancellation));
        return command;
    }

    static Command List()
    {
        var command = new Command("list", "List the people") { Commands.Json };
        command.SetAction((parsed, cancellation) => Offline.Run(parsed, async services =>
        {
            var all = new List<Person>();
            while (await services.GetRequiredService<People>().List(Actor.Operator, all.Count == 0 ? "" : all[^1].Address, Page, cancellation) is { Count: > 0 } page)
                all.AddRange(page);
            if (parsed.GetValue(Commands.Json))
                Offline.WriteJson(all.Select(p => new { Id = p.Account.ToString(), p.Address, p.Name, p.Aliases, p.IsAdministrator, p.IsDisabled, p.HasSecondFactor, p.Quota, p.CreatedAt }));
            else foreach (var person in all) Console.WriteLine($"{person.Address}\t{person.Name}{(person.IsAdministrator ? "\tadministrator" : "")}{(person.IsDisabled ? "\tdisabled" : "")}");
            return 0;
        }, cancellation));
        return command;
    }

    static Command Password(Argument<string> address)
    {
        var passwordStdin = new Option<bool>("--password-stdin") { Description = "Read the password from standard input" };
        var command = new Command("password", "Set a person's password and end their sessions; prints a generated one when none is given") { address, passwordStdin };
        command.SetAction((parsed, cancellation) => Offline.Run(parsed, async services =>
        {
            var given = parsed.GetValue(passwordStdin) ? await Offline.ReadPassword(cancellation) : null;
            var password = given ?? Passwords.Generate();
            Offline.Check(await services.GetRequiredService<People>().SetPassword(parsed.GetValue(address)!, password, Actor.Operator, cancellation));
            if (given is null) Console.WriteLine(password);
            return 0;
        }, cancellation));
        return command;
    }

    static Command Act(string name, string description, Argument<string> address, Func<People, string, CancellationToken, Task<Refusal?>> act)
    {
        var command = new Command(name, description) { address };
        command.SetAction((parsed, cancellation) => Offline.Run(parsed, async services =>
        {
            Offline.Check(await act(services.GetRequiredService<People>(), parsed.GetValue(address)!, cancellation));
            return 0;
        }, cancellation));
        return command;
    }
}
