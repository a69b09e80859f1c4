using System.CommandLine;
using Bastide.Identity;

namespace Bastide.Cli;

/// <summary><c>bastide domain add|list|remove</c>.</summary>
static class DomainCommands
{
    const int Page = 500;

    public static Command Make()
    {
        var name = new Argument<string>("DOMAIN") { Description = "The mail domain" };
        var add = new Command("add", "Take mail for a domain") { name };
        add.SetAction((parsed, cancellation) => Offline.Begin(parsed, async services =>
        {
            var domain = Offline.Value(await services.GetRequiredService<Domains>().Add(parsed.GetValue(name)!, Actor.Operator, cancellation));
            Console.WriteLine(domain.Name);
            return 0;
        }, cancellation));

        var list = new Command("list", "List the domains") { Commands.Json };
        list.SetAction((parsed, cancellation) => Offline.Run(parsed, async services =>
        {
            var domains = new List<Domain>();
            while (await services.GetRequiredService<Domains>().List(Actor.Operator, domains.Count == 0 ? "" : domains[^1].Name, Page, cancellation) is { Count: > 0 } page)
                domains.AddRange(page);
            if (parsed.GetValue(Commands.Json)) Offline.WriteJson(domains.Select(d => new { d.Name, d.IsPrimary, d.CreatedAt }));
            else foreach (var domain in domains) Console.WriteLine(domain.IsPrimary ? $"{domain.Name} (primary)" : domain.Name);
            return 0;
        }, cancellation));

        var remove = new Command("remove", "Stop taking mail for a domain that has no addresses left") { name };
        remove.SetAction((parsed, cancellation) => Offline.Run(parsed, async services =>
        {
            Offline.Check(await services.GetRequiredService<Domains>().Remove(parsed.GetValue(name)!, Actor.Operator, cancellation));
            return 0;
        }, cancellation));
        return new Command("domain", "Mail domains") { add, list, remove };
    }
}
