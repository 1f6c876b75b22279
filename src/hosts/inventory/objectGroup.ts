import { Emitter, type Event } from '../../base/events.ts';

export type GroupStatus =
  /** `late`: the host takes unusually long. */
  | { readonly kind: 'loading'; readonly late: boolean }
  | { readonly kind: 'loaded' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** `list`: objects came, went or were renamed; `entry`: one of them changed. */
export type GroupChange = { readonly kind: 'list' } | { readonly kind: 'entry'; readonly key: string };

/** A list that takes longer than this is late. */
const lateMs = 2000;

/**
 * All objects of one kind on one host, kept current by events. An event that arrives while the list is being read is
 * handled after it, so that an older list never covers a newer change.
 */
export abstract class ObjectGroup<Entry, ObjectEvent> {
  readonly #entries = new Map<string, Entry>();
  readonly #changes = new Emitter<GroupChange>();
  readonly onDidChange: Event<GroupChange> = this.#changes.event;
  #status: GroupStatus = { kind: 'loading', late: false };
  #loading: Promise<void> | undefined;
  #early: ObjectEvent[] = [];

  /** By UUID. */
  get entries(): ReadonlyMap<string, Entry> {
    return this.#entries;
  }

  get status(): GroupStatus {
    return this.#status;
  }

  /** Reads the list from the host. Never rejects: a failure is the group's status. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** Takes note of an event; the change shows as soon as what it needs has been read. */
  handle(event: ObjectEvent): void {
    if (this.#loading) this.#early.push(event);
    else this.apply(event);
  }

  async #load(): Promise<void> {
    const timer = setTimeout(() => {
      if (this.#status.kind !== 'loading') return;
      this.#status = { kind: 'loading', late: true };
      this.#changes.fire({ kind: 'list' });
    }, lateMs);
    try {
      const entries = await this.read();
      this.#entries.clear();
      for (const [key, entry] of entries) this.#entries.set(key, entry);
      this.#status = { kind: 'loaded' };
    } catch (error) {
      this.#status = { kind: 'failed', error };
    } finally {
      clearTimeout(timer);
    }
    this.#changes.fire({ kind: 'list' });
    const early = this.#early;
    this.#early = [];
    for (const event of early) this.apply(event);
  }

  protected put(key: string, entry: Entry): void {
    const known = this.#entries.has(key);
    this.#entries.set(key, entry);
    this.#changes.fire(known ? { kind: 'entry', key } : { kind: 'list' });
  }

  protected remove(key: string): void {
    if (this.#entries.delete(key)) this.#changes.fire({ kind: 'list' });
  }

  /** Changes every entry; the list is drawn again once. */
  protected updateAll(change: (entry: Entry) => Entry): void {
    for (const [key, entry] of this.#entries) this.#entries.set(key, change(entry));
    this.#changes.fire({ kind: 'list' });
  }

  /** Changes an entry that is still there. */
  protected update(key: string, change: Partial<Entry>): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.put(key, { ...entry, ...change });
  }

  protected abstract read(): Promise<ReadonlyMap<string, Entry>>;
  protected abstract apply(event: ObjectEvent): void;
}
