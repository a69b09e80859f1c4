/**
 * Saves a draft while it is typed. One save at a time; what is typed during a save is saved after it; a failed save is
 * tried again with growing delay. JMAP messages are immutable, so each save creates a message and destroys the one before.
 */
export type DraftStatus = "clean" | "dirty" | "saving" | "failed";

export interface SavedDraft {
  id: string;
  /** The draft that was replaced was already gone: someone else changed, sent or deleted it meanwhile. */
  conflict: boolean;
}

export interface DraftSaverOptions<Content> {
  /** Creates the draft and destroys `previousId`, in one request. */
  save(content: Content, previousId: string | null): Promise<SavedDraft>;
  destroy(id: string): Promise<void>;
  onStatus(status: DraftStatus, error: unknown): void;
  onSaved?(saved: SavedDraft): void;
  /** Milliseconds of quiet before a save. */
  delay: number;
  /** Longest time that typing without a pause may go unsaved. */
  maxDelay: number;
  draftId?: string | null;
  now?(): number;
}

export class DraftSaver<Content> {
  #options: DraftSaverOptions<Content>;
  #id: string | null;
  #pending: { content: Content; since: number } | null = null;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #closed = false;
  #status: DraftStatus = "clean";

  constructor(options: DraftSaverOptions<Content>) {
    this.#options = options;
    this.#id = options.draftId ?? null;
  }

  /** The draft on the server, once there is one. */
  get id(): string | null {
    return this.#id;
  }

  get status(): DraftStatus {
    return this.#status;
  }

  /** Something was typed. */
  changed(content: Content): void {
    if (this.#closed) return;
    const now = this.#now();
    this.#pending = { content, since: this.#pending?.since ?? now };
    if (this.#running) return;
    this.#setStatus("dirty");
    const waited = now - this.#pending.since;
    this.#schedule(Math.max(0, Math.min(this.#options.delay, this.#options.maxDelay - waited)));
  }

  /** Saves what is unsaved now and gives the id of the draft that holds it. Throws when it cannot be saved. */
  async flush(content?: Content): Promise<string> {
    if (content !== undefined) this.#pending = { content, since: this.#now() };
    clearTimeout(this.#timer);
    while (this.#running) await this.#running;
    if (this.#pending) {
      await this.#run(true);
    }
    if (!this.#id) throw new Error("There is nothing to save.");
    return this.#id;
  }

  /** No more saves; a save under way ends first, so that the id is final. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#pending = null;
    while (this.#running) await this.#running;
  }

  /** Ends it and takes the draft off the server. */
  async discard(): Promise<void> {
    await this.close();
    const id = this.#id;
    this.#id = null;
    if (id) await this.#options.destroy(id);
  }

  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(false), delay);
  }

  async #run(rethrow: boolean): Promise<void> {
    if (this.#running || !this.#pending) return;
    const { content } = this.#pending;
    this.#pending = null;
    this.#setStatus("saving");
    let failure: unknown;
    this.#running = this.#save(content).catch((error: unknown) => {
      failure = error;
      // Newer words win over those that failed to be saved.
      this.#pending ??= { content, since: this.#now() };
    });
    await this.#running;
    this.#running = null;
    if (failure === undefined) {
      this.#failures = 0;
      this.#setStatus(this.#pending ? "dirty" : "clean");
      if (this.#pending && !this.#closed) this.#schedule(this.#options.delay);
      return;
    }
    this.#failures++;
    this.#setStatus("failed", failure);
    if (!this.#closed) this.#schedule(Math.min(60_000, this.#options.delay * 2 ** this.#failures));
    if (rethrow) throw failure;
  }

  async #save(content: Content): Promise<void> {
    const saved = await this.#options.save(content, this.#id);
    this.#id = saved.id;
    this.#options.onSaved?.(saved);
  }

  #setStatus(status: DraftStatus, error: unknown = null): void {
    this.#status = status;
    this.#options.onStatus(status, error);
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}
