using Bastide.Protocols.ITip;

namespace Bastide.Protocols.ICalendar;

/// <summary>Changes of what is attached to an object, and to which of its instances. RFC 8607 §3.3.</summary>
public static class ManagedAttachments
{
    /// <summary>The name of the series among instances (RFC 8607 §3.3.2).</summary>
    public const string Master = "M";

    /// <summary>The most that one instance has, <c>max-attachments-per-resource</c>.</summary>
    public const int Most = 50;

    /// <summary>How many the component with the most has.</summary>
    public static int Count(CalendarObject calendar) => calendar.Components.Max(component => component.PropertiesOf("ATTACH").Count());

    /// <summary>Whether something of this MANAGED-ID is attached anywhere.</summary>
    public static bool Has(CalendarObject calendar, string managedId) => calendar.Components.Any(component => component.Properties.Any(property => IsOf(property, managedId)));

    /// <summary>Attaches to all instances, or to those that are named; false, and nothing is changed, where one is none.</summary>
    public static bool Add(CalendarObject calendar, ICalProperty attachment, IReadOnlyList<string>? instances)
    {
        if (Find(calendar, instances) is not { } found) return false;
        foreach (var component in found) component.Add(attachment);
        return true;
    }

    /// <summary>Puts something in the place of all that has a MANAGED-ID.</summary>
    public static void Update(CalendarObject calendar, string managedId, ICalProperty attachment)
    {
        foreach (var component in calendar.Components)
            foreach (var property in component.Properties.Where(property => IsOf(property, managedId)).ToList())
                component.Replace(property, attachment);
    }

    /// <summary>Takes what has a MANAGED-ID from all instances, or from those that are named; false, and nothing is changed, where one is none.</summary>
    public static bool Remove(CalendarObject calendar, string managedId, IReadOnlyList<string>? instances)
    {
        if (Find(calendar, instances) is not { } found) return false;
        foreach (var component in found)
            foreach (var property in component.Properties.Where(property => IsOf(property, managedId)).ToList())
                component.Remove(property);
        return true;
    }

    static bool IsOf(ICalProperty property, string managedId) => property.Is("ATTACH") && property.Parameter("MANAGED-ID") == managedId;

    /// <summary>The components of instances; those that had none get one, as the series makes it. Null where one is no instance.</summary>
    static List<ICalComponent>? Find(CalendarObject calendar, IReadOnlyList<string>? instances)
    {
        if (instances is null) return [.. calendar.Components];
        var (found, made) = (new List<ICalComponent>(), new List<ICalComponent>());
        var set = calendar.Set();
        foreach (var id in instances.Distinct())
        {
            if (id == Master)
            {
                if (calendar.Master is not { } master) return null;
                found.Add(master);
                continue;
            }

            if (ICalTime.Parse(id, calendar.Master?.Property("DTSTART")?.Parameter("TZID")) is not { } time) return null;
            var name = set.RecurrenceIdOf(time);
            if (calendar.Instances.FirstOrDefault(instance => instance.InstanceName(set) == name) is { } present)
            {
                found.Add(present);
                continue;
            }

            if (calendar.Master is not { } series || !set.IsRecurring || !set.Has(name)) return null;
            made.Add(series.InstanceFrom(name));
        }

        foreach (var component in made) calendar.Calendar.Append(component);
        return [.. found, .. made];
    }
}
