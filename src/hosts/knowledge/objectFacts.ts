import { isDeepStrictEqual } from 'node:util';
import type { Disposable, Event } from '../../base/events.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { GroupChange, GroupStatus } from '../inventory/objectGroup.ts';
import type { Lane } from './backgroundReads.ts';
import type { KnowledgeSource } from './knowledgeSource.ts';

/** A group of the inventory, whatever its objects are. */
export interface ReadableGroup<Entry> {
  /** By UUID. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly status: GroupStatus;
  readonly onDidChange: Event<GroupChange>;
}

export interface ObjectFactsInit<Entry, Facts> {
  readonly group: ReadableGroup<Entry>;
  /** Told when facts came, changed or went, or the group changed. */
  readonly source: Pick<KnowledgeSource, 'reads' | 'changed'>;
  readonly lane: Lane;
  readonly read: (entry: Entry, options: WaitOptions) => Promise<Facts>;
  /** Default false. */
  readonly urgent?: boolean | undefined;
  /** Default: all are. */
  readonly isWanted?: ((key: string, entry: Entry) => boolean) | undefined;
}

/**
 * What was read of each object of a group: once, and again when somebody says that it has changed. An object that
 * cannot be read has no facts, one that hangs has those of before; the others do not wait for it.
 */
export class ObjectFacts<Entry, Facts> implements Disposable {
  readonly #init: ObjectFactsInit<Entry, Facts>;
  readonly #facts = new Map<string, Facts>();
  /** Of each object that was asked for the number of its newest question, so that an overtaken answer is dropped. */
  readonly #asked = new Map<string, number>();
  readonly #queued = new Set<string>();
  /** The objects whose answer is waited for. */
  readonly #awaited = new Set<string>();
  #lastQuestion = 0;
  #revision = 0;
  #listener: Disposable | undefined;
  #isDisposed = false;

  constructor(init: ObjectFactsInit<Entry, Facts>) {
    this.#init = init;
  }

  /** Another number whenever there is something else to see. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether all objects are known, and those that are wanted have been asked for. */
  get isStarted(): boolean {
    return this.#listener !== undefined && this.#init.group.status.kind === 'loaded';
  }

  /** Whether everything that answers has been read. */
  get isSettled(): boolean {
    return this.isStarted && this.#awaited.size === 0;
  }

  get(key: string): Facts | undefined {
    return this.#facts.get(key);
  }

  /** Begins to read; after that, looks whether more or less is wanted. */
  start(): void {
    if (this.#isDisposed) return;
    if (!this.#listener) {
      this.#listener = this.#init.group.onDidChange(() => {
        this.#compare();
        this.#touch();
      });
      this.#touch();
    }
    this.#compare();
  }

  /** The object has changed. */
  again(key: string): void {
    if (this.#asked.has(key)) this.#ask(key);
  }

  #compare(): void {
    const { group, isWanted } = this.#init;
    if (group.status.kind !== 'loaded') return;
    const wanted = new Set<string>();
    for (const [key, entry] of group.entries) if (isWanted?.(key, entry) !== false) wanted.add(key);
    for (const key of [...this.#asked.keys()]) if (!wanted.has(key)) this.#forget(key);
    for (const key of wanted) if (!this.#asked.has(key)) this.#ask(key);
  }

  #touch(): void {
    this.#revision += 1;
    this.#init.source.changed();
  }

  #forget(key: string): void {
    this.#facts.delete(key);
    this.#awaited.delete(key);
    this.#asked.delete(key);
    this.#touch();
  }

  #ask(key: string): void {
    if (this.#queued.has(key)) return;
    const question = ++this.#lastQuestion;
    this.#queued.add(key);
    this.#asked.set(key, question);
    this.#awaited.add(key);
    this.#read(key, question).then(
      (facts) => {
        this.#settle(key, question, () => {
          if (!isDeepStrictEqual(facts, this.#facts.get(key))) this.#facts.set(key, facts);
        });
      },
      () => {
        this.#settle(key, question, () => this.#facts.delete(key));
      },
    );
  }

  #read(key: string, question: number): Promise<Facts> {
    const { group, source, lane, urgent, read } = this.#init;
    return source.reads.read({
      lane,
      urgent,
      work: async (options) => {
        this.#queued.delete(key);
        const entry = group.entries.get(key);
        if (entry === undefined) throw new Error(`${key} has gone`);
        return read(entry, options);
      },
      late: () => {
        this.#settle(key, question, () => undefined);
      },
    });
  }

  #settle(key: string, question: number, take: () => void): void {
    if (this.#asked.get(key) !== question) return;
    take();
    this.#awaited.delete(key);
    this.#touch();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listener?.dispose();
  }
}
