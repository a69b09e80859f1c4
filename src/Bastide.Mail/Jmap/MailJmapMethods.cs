using Bastide.Mail.Delivery;
using Bastide.Protocols.Jmap;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Mail.Jmap;

/// <summary>The methods, types and capabilities of RFC 8621, each method in the file of its name.</summary>
sealed class MailJmapMethods(IServiceProvider services, MailCapabilities capabilities) : IJmapMethods
{
    const string Mail = MailCapabilities.Mail;
    const string Submission = MailCapabilities.Submission;
    const string Vacation = MailCapabilities.VacationResponse;

    public void Register(JmapMethodTable table)
    {
        table.AddCapability(Mail, _ => [], MailCapabilities.OfMail);
        table.AddCapability(Submission, _ => [], capabilities.OfSubmission);
        table.AddCapability(Vacation, _ => [], MailCapabilities.OfVacationResponse);
        table.AddCapability(MailCapabilities.SafeHtml, _ => [], MailCapabilities.OfSafeHtml);

        table.AddType(MailTypes.Mailbox, Mail);
        table.AddType(MailTypes.Thread, Mail);
        table.AddType(MailTypes.Email, Mail);
        table.AddQuotaType(MailTypes.Email);
        table.AddType(MailTypes.EmailDelivery, Mail);
        table.AddType(MailTypes.Identity, Submission);
        table.AddType(Submissions.Type, Submission);
        table.AddType(MailTypes.VacationResponse, Vacation);

        table.Add("Mailbox/get", Mail, Make<MailboxGet>().Handle);
        table.Add("Mailbox/changes", Mail, Make<MailboxChanges>().Handle);
        table.Add("Mailbox/query", Mail, Make<MailboxQuery>().Handle);
        table.Add("Mailbox/queryChanges", Mail, Make<MailboxQueryChanges>().Handle);
        table.Add("Mailbox/set", Mail, Make<MailboxSet>().Handle);
        table.Add("Thread/get", Mail, Make<ThreadGet>().Handle);
        table.Add("Thread/changes", Mail, Make<ThreadChanges>().Handle);
        table.Add("Email/get", Mail, Make<EmailGet>().Handle);
        table.Add("Email/changes", Mail, Make<EmailChanges>().Handle);
        table.Add("Email/query", Mail, Make<EmailQuery>().Handle);
        table.Add("Email/queryChanges", Mail, Make<EmailQueryChanges>().Handle);
        table.Add("Email/set", Mail, Make<EmailSet>().Handle);
        table.Add("Email/copy", Mail, Make<EmailCopy>().Handle);
        table.Add("Email/import", Mail, Make<EmailImport>().Handle);
        table.Add("Email/parse", Mail, Make<EmailParse>().Handle);
        table.Add("SearchSnippet/get", Mail, Make<SearchSnippetGet>().Handle);
        table.Add("Identity/get", Submission, Make<IdentityGet>().Handle);
        table.Add("Identity/changes", Submission, Make<IdentityChanges>().Handle);
        table.Add("Identity/set", Submission, Make<IdentitySet>().Handle);
        table.Add("EmailSubmission/get", Submission, Make<EmailSubmissionGet>().Handle);
        table.Add("EmailSubmission/changes", Submission, Make<EmailSubmissionChanges>().Handle);
        table.Add("EmailSubmission/query", Submission, Make<EmailSubmissionQuery>().Handle);
        table.Add("EmailSubmission/queryChanges", Submission, Make<EmailSubmissionQueryChanges>().Handle);
        table.Add("EmailSubmission/set", Submission, Make<EmailSubmissionSet>().Handle);
        table.Add("VacationResponse/get", Vacation, Make<VacationResponseGet>().Handle);
        table.Add("VacationResponse/set", Vacation, Make<VacationResponseSet>().Handle);
    }

    T Make<T>() => ActivatorUtilities.CreateInstance<T>(services);
}
