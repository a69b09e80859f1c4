using System.Text;
using Bastide.Fuzz.Workplace;

namespace Bastide.Fuzz.Targets;

/// <summary>
/// A message of anybody on its whole way: it arrives in Alice's inbox, and whatever her IMAP and JMAP programs ask of it is
/// answered in words they can read.
/// </summary>
static class Arrival
{
    static readonly byte[] Questions = Encoding.ASCII.GetBytes("""
        a LOGIN alice@demo.localhost bastide-demo
        b EXAMINE INBOX
        c FETCH * (FLAGS UID RFC822.SIZE ENVELOPE BODY BODYSTRUCTURE PREVIEW BODY[] BODY[HEADER] BODY[HEADER.FIELDS (SUBJECT FROM)] BODY[TEXT]<2.20> BODY[1] BODY[1.MIME] BODY[2.1] BINARY[1] BINARY.SIZE[1] EMAILID THREADID)
        d UID SEARCH OR TEXT "cafe" OR BODY "at" OR SUBJECT "re" FROM "e"
        e SORT (SUBJECT FROM TO CC DATE DISPLAYFROM) UTF-8 ALL
        f THREAD REFERENCES UTF-8 ALL
        g THREAD ORDEREDSUBJECT UTF-8 ALL
        h ENABLE UTF8=ACCEPT
        i FETCH * (ENVELOPE BODYSTRUCTURE PREVIEW)
        j LOGOUT

        """.ReplaceLineEndings("\r\n"));

    const string Request = """
        {"using":["urn:ietf:params:jmap:core","urn:ietf:params:jmap:mail","urn:bastide:jmap:safe-html"],"methodCalls":[
        ["Email/get",{"accountId":"%account%","ids":["%email%"],"fetchAllBodyValues":true,"properties":["threadId","mailboxIds","keywords","size","receivedAt","messageId","inReplyTo","references","sender","from","to","cc","bcc","replyTo","subject","sentAt","hasAttachment","preview","bodyStructure","bodyValues","textBody","htmlBody","attachments","headers","header:Subject:asText","header:From:asGroupedAddresses:all","header:List-Unsubscribe:asURLs","header:Date:asDate"]},"0"],
        ["Email/query",{"accountId":"%account%","filter":{"text":"cafe"},"sort":[{"property":"subject"}]},"1"],
        ["SearchSnippet/get",{"accountId":"%account%","emailIds":["%email%"],"filter":{"text":"a"}},"2"],
        ["Thread/get",{"accountId":"%account%","#ids":{"resultOf":"0","name":"Email/get","path":"/list/*/threadId"}},"3"]]}
        """;

    public static void Run(byte[] input)
    {
        if (input.Length == 0) return;
        var workplace = FuzzWorkplace.Fresh;
        var email = workplace.Deliver(input).GetAwaiter().GetResult();
        var said = Imap.Ask(workplace, Questions);
        Invariant.Holds(said.Contains("\r\ni OK ", StringComparison.Ordinal), $"A question is not answered: {said}");
        var request = Request.Replace("%account%", workplace.Alice.Account.ToString(), StringComparison.Ordinal).Replace("%email%", $"e{email}", StringComparison.Ordinal);
        var answer = Jmap.Ask(workplace, Encoding.UTF8.GetBytes(request));
        Invariant.Holds(answer?["methodResponses"]?[0]?[1]?["list"]?.AsArray().Count == 1, $"The message is not there: {answer?.ToJsonString()}");
    }
}
