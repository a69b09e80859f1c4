using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary>Reads the filter and the sort of ContactCard/query. RFC 9610 §3.3.1, §3.3.2.</summary>
static class CardConditions
{
    /// <summary>No address book has this number: what names an id that cannot be matches nothing.</summary>
    const long NoAddressBook = -1;

    static readonly Dictionary<string, CardTextField> Texts = new(StringComparer.Ordinal)
    {
        ["text"] = CardTextField.Text,
        ["name"] = CardTextField.Name,
        ["name/given"] = CardTextField.Given,
        ["name/surname"] = CardTextField.Surname,
        ["name/surname2"] = CardTextField.Surname2,
        ["nickname"] = CardTextField.Nickname,
        ["organization"] = CardTextField.Organization,
        ["email"] = CardTextField.Email,
        ["phone"] = CardTextField.Phone,
        ["onlineService"] = CardTextField.OnlineService,
        ["address"] = CardTextField.Address,
        ["note"] = CardTextField.Note,
    };

    static readonly Dictionary<string, CardSortProperty> Sorts = new(StringComparer.Ordinal)
    {
        ["created"] = CardSortProperty.Created,
        ["updated"] = CardSortProperty.Updated,
        ["name/given"] = CardSortProperty.Given,
        ["name/surname"] = CardSortProperty.Surname,
        ["name/surname2"] = CardSortProperty.Surname2,
    };

    public static CardFilter? Filter(JmapFilter? filter, CreatedIds created) => filter switch
    {
        null => null,
        JmapFilter.Condition condition => Condition(condition.Properties, created),
        JmapFilter.Group group => new CardFilterGroup(group.Operator, [.. group.Conditions.Select(inner => Filter(inner, created)!)]),
        _ => throw new ArgumentException("A filter is a condition or a group.", nameof(filter)),
    };

    public static IReadOnlyList<CardSort> Sort(IReadOnlyList<JmapComparator> comparators) => [.. comparators.Select(comparator =>
        Sorts.TryGetValue(comparator.Property, out var property)
            ? new CardSort(property, comparator.IsAscending)
            : throw new JmapException("unsupportedSort", $"Cards cannot be sorted by {comparator.Property}."))];

    static CardCondition Condition(JsonObject given, CreatedIds created)
    {
        var condition = new CardCondition();
        var texts = new Dictionary<CardTextField, string>();
        foreach (var (name, value) in given)
        {
            if (value is null) throw JmapException.InvalidArguments($"{name} has a value: leave it out for any.");
            if (Texts.TryGetValue(name, out var text))
            {
                texts[text] = given.Text(name);
                continue;
            }

            condition = name switch
            {
                "inAddressBook" => condition with { InAddressBook = WireId.AddressBook.Resolve(given.Text(name), created) ?? NoAddressBook },
                "uid" => condition with { Uid = given.Text(name) },
                "hasMember" => condition with { HasMember = given.Text(name) },
                "kind" => condition with { Kind = given.Text(name) },
                "createdBefore" => condition with { CreatedBefore = given.DateOrNull(name) },
                "createdAfter" => condition with { CreatedAfter = given.DateOrNull(name) },
                "updatedBefore" => condition with { UpdatedBefore = given.DateOrNull(name) },
                "updatedAfter" => condition with { UpdatedAfter = given.DateOrNull(name) },
                _ => throw new JmapException("unsupportedFilter", $"There is no filter by {name}."),
            };
        }

        return condition with { Texts = texts };
    }
}
