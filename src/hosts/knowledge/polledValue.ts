import type { WaitOptions } from '../../base/waiting.ts';
import { keep } from './keep.ts';
import type { KnowledgeSource } from './knowledgeSource.ts';

type Source = Pick<KnowledgeSource, 'reads' | 'changed'>;

const minute = 60_000;

/** A value that the host has no event for: read when it is wanted and older than `staleMs`. */
export class PolledValue<T> {
  readonly #source: Source;
  readonly #read: (options: WaitOptions) => Promise<T>;
  readonly #staleMs: number;
  #value: T | undefined;
  #readAt: number | undefined;

  constructor(source: Source, read: (options: WaitOptions) => Promise<T>, staleMs = minute) {
    this.#source = source;
    this.#read = read;
    this.#staleMs = staleMs;
  }

  /** undefined until it has been read, and where it cannot be. The same until it is another. */
  get value(): T | undefined {
    return this.#value;
  }

  want(): void {
    const now = performance.now();
    if (this.#readAt !== undefined && now - this.#readAt < this.#staleMs) return;
    this.#readAt = now;
    this.#source.reads.read({ lane: 'memory', urgent: true, work: this.#read }).then(
      (value) => {
        this.#value = keep(this.#value, value);
        this.#source.changed();
      },
      () => {
        this.#value = undefined;
        this.#source.changed();
      },
    );
  }
}
