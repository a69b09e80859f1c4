namespace Bastide.Calendar.Tests.Attachments;

public sealed class AttachmentsOnPostgres(CalendarPostgres fixture) : AttachmentsContract(fixture), IClassFixture<CalendarPostgres>;
