namespace Bastide.Platform.Settings;

/// <summary>A setting cannot be used; the message is one sentence that tells the operator what to change.</summary>
public sealed class SettingsException(string message) : Exception(message);
