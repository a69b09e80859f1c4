using System.Text;

namespace Bastide.Protocols.ICalendar;

/// <summary>
/// A content line (RFC 5545 §3.1). It never changes: to change one, another takes its place. One that was read is written
/// again with the very characters it had, the folding apart.
/// </summary>
public sealed class ICalProperty : ICalNode
{
    readonly string? _text;

    /// <summary>A property of one's own making.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value in the form of the wire: a TEXT comes escaped (<see cref="ICalText.Escape"/>).</param>
    /// <param name="parameters">Its parameters.</param>
    public ICalProperty(string name, string value, params IReadOnlyList<ICalParameter> parameters) : base(name, 0)
    {
        Value = value;
        Parameters = parameters;
    }

    internal ICalProperty(string name, string value, IReadOnlyList<ICalParameter> parameters, string text, int line) : base(name, line)
    {
        Value = value;
        Parameters = parameters;
        _text = text;
    }

    /// <summary>The parameters in their order.</summary>
    public IReadOnlyList<ICalParameter> Parameters { get; }

    /// <summary>The value as it stands on the wire.</summary>
    public string Value { get; }

    /// <summary>The value as a TEXT (RFC 5545 §3.3.11).</summary>
    public string Text => ICalText.Unescape(Value);

    /// <summary>The whole line without folds and line end.</summary>
    public string Written => _text ?? Compose();

    /// <summary>The first value of a parameter, or null where there is no such parameter.</summary>
    public string? Parameter(string name)
    {
        foreach (var parameter in Parameters)
            if (parameter.Is(name))
                return parameter.Value;
        return null;
    }

    /// <summary>Every value of every parameter of a name.</summary>
    public IEnumerable<string> ParameterValues(string name) => Parameters.Where(parameter => parameter.Is(name)).SelectMany(parameter => parameter.Values);

    /// <summary>The same with another value.</summary>
    public ICalProperty WithValue(string value) => value == Value ? this : new ICalProperty(Name, value, Parameters);

    /// <summary>The same with a parameter set, or taken away with null; the other parameters stay as and where they are.</summary>
    public ICalProperty WithParameter(string name, string? value) => WithParameter(name, value is null ? null : (IReadOnlyList<string>)[value]);

    /// <summary>The same with a parameter of several values set, or taken away with null.</summary>
    public ICalProperty WithParameter(string name, IReadOnlyList<string>? values)
    {
        var at = Parameters.ToList().FindIndex(parameter => parameter.Is(name));
        if (values is null)
            return at < 0 ? this : new ICalProperty(Name, Value, [.. Parameters.Where(parameter => !parameter.Is(name))]);
        if (at >= 0 && Parameters[at].Values.SequenceEqual(values)) return this;
        var changed = Parameters.ToList();
        if (at < 0) changed.Add(new ICalParameter(name, values));
        else changed[at] = new ICalParameter(changed[at].Name, values);
        return new ICalProperty(Name, Value, changed);
    }

    /// <inheritdoc/>
    public override string ToString() => Written;

    string Compose()
    {
        var text = new StringBuilder(Name);
        foreach (var parameter in Parameters)
        {
            text.Append(';').Append(parameter.Name).Append('=');
            for (var i = 0; i < parameter.Values.Count; i++)
            {
                if (i > 0) text.Append(',');
                ICalText.AppendParameterValue(text, parameter.Values[i]);
            }
        }

        return text.Append(':').Append(Value).ToString();
    }
}
