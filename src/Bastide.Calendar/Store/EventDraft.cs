using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;

namespace Bastide.Calendar.Store;

/// <summary>An object on its way through a set: what it was, and what becomes of it.</summary>
sealed class EventDraft
{
    /// <summary>What is stored; null of a new one.</summary>
    public ObjectRow? Present { get; init; }

    /// <summary>What it is to be; null when it goes.</summary>
    public CalendarObject? Calendar { get; set; }

    /// <summary>Where it is to be.</summary>
    public long CalendarId { get; set; }

    /// <summary>Its DAV name.</summary>
    public required string Resource { get; init; }

    /// <summary>Whether it calls on nobody yet.</summary>
    public bool IsDraft { get; set; }

    /// <summary>Whether its text changed.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Whether what the caller has of their own changed.</summary>
    public bool IsPersonalChanged { get; set; }

    /// <summary>What the caller has of their own, or null.</summary>
    public JsonObject? Personal { get; set; }

    /// <summary>What is to be stored, once it is prepared.</summary>
    public ObjectContent? Content { get; set; }

    /// <summary>What its change says to others.</summary>
    public IReadOnlyList<ITipMessage> Messages { get; set; } = [];

    /// <summary>Why it cannot be stored, or null.</summary>
    public CalendarError? Error { get; set; }

    /// <summary>The creations that it brings, each with the instance it is; empty of a series.</summary>
    public List<(string Creation, string Instance)> Creations { get; } = [];

    /// <summary>The changes that depend on it.</summary>
    public List<EventRef> Updates { get; } = [];

    /// <summary>The destructions that depend on it.</summary>
    public List<EventRef> Destroys { get; } = [];
}
