namespace Bastide.Cli;

/// <summary>A command cannot do what was asked; the message is one line that tells why.</summary>
sealed class CommandException(string message) : Exception(message);
