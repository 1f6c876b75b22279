import type { WaitOptions } from '../../base/waiting.ts';
import type { BackgroundReads } from './backgroundReads.ts';
import { keep } from './keep.ts';

const minute = 60_000;

/** A value that the host has no event for: read when it is wanted and older than `staleMs`. */
export class PolledValue<T> {
  readonly #reads: BackgroundReads;
  readonly #read: (options: WaitOptions) => Promise<T>;
  readonly #changed: () => void;
  readonly #staleMs: number;
  #value: T | undefined;
  #readAt: number | undefined;

  constructor(
    reads: BackgroundReads,
    read: (options: WaitOptions) => Promise<T>,
    changed: () => void,
    staleMs = minute,
  ) {
    this.#reads = reads;
    this.#read = read;
    this.#changed = changed;
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
    this.#reads.read({ lane: 'memory', urgent: true, work: this.#read }).then(
      (value) => {
        this.#value = keep(this.#value, value);
        this.#changed();
      },
      () => {
        this.#value = undefined;
        this.#changed();
      },
    );
  }
}
