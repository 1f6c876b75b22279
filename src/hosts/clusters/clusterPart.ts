import { isDeepStrictEqual } from 'node:util';
import type { WaitOptions } from '../../base/waiting.ts';

/** One thing that is known of a cluster: read when it is first wanted, kept until it is read again. */
export class ClusterPart<T> {
  readonly #read: (options: WaitOptions) => Promise<T>;
  readonly #changed: () => void;
  #value: T | undefined;
  #error: unknown;
  #isStale = true;
  #reading: Promise<T> | undefined;

  constructor(read: (options: WaitOptions) => Promise<T>, changed: () => void) {
    this.#read = read;
    this.#changed = changed;
  }

  /** As last read; undefined until it has been. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Why the last reading failed; undefined when it did not. */
  get error(): unknown {
    return this.#error;
  }

  get isReading(): boolean {
    return this.#reading !== undefined;
  }

  /** As it is known now; read if it is not, or if it may have changed. Joins a reading under way. */
  get(): Promise<T> {
    if (!this.#isStale && this.#value !== undefined) return Promise.resolve(this.#value);
    return this.read();
  }

  /** Starts a reading if it is not known. What comes of it is told as a change. */
  want(): void {
    if (this.#isStale && this.#error === undefined) this.read().catch(() => undefined);
  }

  /** Reads it now. Joins a reading under way. */
  read(): Promise<T> {
    return (this.#reading ??= this.#readNow());
  }

  /** It may have changed: it is read again, if anybody ever wanted it. What was known stays until then. */
  refresh(): void {
    const wasWanted = this.#value !== undefined || this.#error !== undefined;
    this.#isStale = true;
    const again = (): void => {
      if (wasWanted) this.read().catch(() => undefined);
    };
    if (this.#reading) void this.#reading.then(again, again);
    else again();
  }

  async #readNow(): Promise<T> {
    const before = { value: this.#value, error: this.#error };
    try {
      const value = await this.#read({});
      this.#isStale = false;
      this.#error = undefined;
      if (!isDeepStrictEqual(value, this.#value)) this.#value = value;
      return value;
    } catch (error) {
      this.#error = error;
      throw error;
    } finally {
      this.#reading = undefined;
      if (this.#value !== before.value || this.#error !== before.error) this.#changed();
    }
  }
}
