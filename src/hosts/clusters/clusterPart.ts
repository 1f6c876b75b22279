import { isDeepStrictEqual } from 'node:util';
import { messageOf } from '../../base/errors.ts';
import type { WaitOptions } from '../../base/waiting.ts';

/** So long a failed reading is an answer to whoever asks next: a row that is drawn again does not ask again. */
const failureHoldsMs = 10_000;

/** One thing that is known of a cluster: read when it is first wanted, kept until it is read again. */
export class ClusterPart<T> {
  readonly #read: (options: WaitOptions) => Promise<T>;
  readonly #changed: () => void;
  #value: T | undefined;
  #error: unknown;
  #failedAt = 0;
  #isStale = true;
  #reading: Promise<T> | undefined;
  #readAgain = false;
  /** Goes up when what is being read is no longer of interest. */
  #asking = 0;

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

  /**
   * As it is known now; read if it is not, or if it may have changed. Joins a reading under way. Rejects without a new
   * reading for some seconds after one has failed.
   */
  async get(): Promise<T> {
    if (this.#reading) return this.#reading;
    if (this.#isKnown() && this.#value !== undefined) return this.#value;
    if (this.#isFailed()) throw this.#error;
    return this.read();
  }

  /**
   * What was last read, at once, even if it may have changed: then it is read again and told as a change. Only what has
   * never been read is waited for.
   */
  async latest(): Promise<T> {
    if (this.#value === undefined) return this.get();
    this.want();
    return this.#value;
  }

  /** Starts a reading if it is not known. What comes of it is told as a change. */
  want(): void {
    if (!this.#isKnown() && !this.#isFailed()) this.read().catch(() => undefined);
  }

  /** Reads it now. Joins a reading under way. */
  read(): Promise<T> {
    return (this.#reading ??= this.#readNow());
  }

  /** It may have changed: it is read again, if anybody ever wanted it. What was known stays until then. */
  refresh(): void {
    const wasWanted = this.#value !== undefined || this.#error !== undefined;
    this.#isStale = true;
    if (this.#reading) this.#readAgain = true;
    else if (wasWanted) this.read().catch(() => undefined);
  }

  /** What was read does not count any more. */
  forget(): void {
    const wasWanted = this.#value !== undefined || this.#error !== undefined || this.isReading;
    this.#asking++;
    this.#value = undefined;
    this.#error = undefined;
    this.#isStale = true;
    this.#reading = undefined;
    if (wasWanted) this.read().catch(() => undefined);
  }

  #isKnown(): boolean {
    return !this.#isStale && this.#error === undefined;
  }

  #isFailed(): boolean {
    return !this.#isStale && this.#error !== undefined && Date.now() - this.#failedAt < failureHoldsMs;
  }

  async #readNow(): Promise<T> {
    const before = { value: this.#value, error: this.#error };
    const asking = this.#asking;
    const isForgotten = (): boolean => asking !== this.#asking;
    try {
      this.#isStale = false;
      const value = await this.#read({});
      if (isForgotten()) return await this.read();
      this.#error = undefined;
      if (this.#value === undefined || !isDeepStrictEqual(value, this.#value)) this.#value = value;
      return this.#value;
    } catch (error) {
      if (isForgotten()) return await this.read();
      this.#failedAt = Date.now();
      if (this.#error === undefined || messageOf(error) !== messageOf(this.#error)) this.#error = error;
      throw error;
    } finally {
      if (!isForgotten()) this.#finish(before);
    }
  }

  #finish(before: { readonly value: T | undefined; readonly error: unknown }): void {
    this.#reading = undefined;
    if (this.#value !== before.value || this.#error !== before.error) this.#changed();
    if (!this.#readAgain) return;
    this.#readAgain = false;
    this.read().catch(() => undefined);
  }
}
