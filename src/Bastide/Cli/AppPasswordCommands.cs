using System.CommandLine;
using Bastide.Identity;

namespace Bastide.Cli;

/// <summary><c>bastide app-password add</c>.</summary>
static class AppPasswordCommands
{
    public static Command Make()
    {
        var address = new Argument<string>("ADDRESS") { Description = "The person's address" };
        var label = new Option<string>("--label") { Description = "What it is for, such as Thunderbird", Required = true };
        var add = new Command("add", "Make a password for one program; prints it once") { address, label };
        add.SetAction((parsed, cancellation) => Offline.Run(parsed, async services =>
        {
            var made = Offline.Value(await services.GetRequiredService<AppPasswords>().Add(parsed.GetValue(address)!, parsed.GetValue(label)!, [], Actor.Operator, cancellation));
            Console.WriteLine(made.Secret);
            return 0;
        }, cancellation));
        return new Command("app-password", "Passwords for single programs") { add };
    }
}
