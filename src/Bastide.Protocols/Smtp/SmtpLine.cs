using System.Buffers;

namespace Bastide.Protocols.Smtp;

/// <summary>One line as <see cref="SmtpLineReader"/> found it.</summary>
/// <param name="Text">The octets without their CR LF; empty when there is a fault. Valid until the buffer is advanced.</param>
/// <param name="Fault">What is wrong with the line, if anything is.</param>
public readonly record struct SmtpLine(ReadOnlySequence<byte> Text, SmtpLineFault Fault);
