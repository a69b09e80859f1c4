namespace Bastide.Calendar.Tests.Attachments;

public sealed class AttachmentsOnSqlite(CalendarSqlite fixture) : AttachmentsContract(fixture), IClassFixture<CalendarSqlite>;
