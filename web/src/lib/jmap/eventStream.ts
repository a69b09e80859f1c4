/** One message of a `text/event-stream` (HTML Living Standard §9.2). */
export interface ServerEvent {
  event: string;
  data: string;
  id?: string;
}

/**
 * Reads an event stream from `fetch`: EventSource itself cannot send an Authorization header.
 * Ends when the body ends; whoever stops reading cancels the body.
 */
export async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let message: Partial<ServerEvent> = {};
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      // A CR at the very end may be half of a CR LF: it waits for what follows.
      const end = rest.endsWith("\r") ? rest.length - 1 : rest.length;
      const lines = rest.slice(0, end).split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? "") + rest.slice(end);
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield { event: message.event ?? "message", data: data.join("\n"), id: message.id };
          message = {};
          data = [];
          continue;
        }
        const [, field = "", text = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
        if (field === "data") data.push(text);
        if (field === "event") message.event = text;
        if (field === "id" && !text.includes("\0")) message.id = text;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
