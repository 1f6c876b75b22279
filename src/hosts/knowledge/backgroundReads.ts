import { CancelledError } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import type { WaitOptions } from '../../base/waiting.ts';

/** What a call may wait for: `memory`, the daemon has the answer; `storage`, a pool that hangs keeps it waiting. */
export type Lane = 'memory' | 'storage';

export interface BackgroundRead<T> {
  readonly lane: Lane;
  /** Makes the call. */
  readonly work: (options: WaitOptions) => Promise<T>;
  /** The answer takes unusually long: others go on without it. It is still awaited. */
  readonly late?: (() => void) | undefined;
  /** Before those of its lane that wait for their turn. */
  readonly urgent?: boolean | undefined;
}

/** A call without an answer for so long hangs. */
const defaultLateMs = 3000;
/** Ends a call that nothing else ends. */
const longestMs = 600_000;
/** Of the four calls that a connection has in flight at a time, the others are for people. */
const maxActive = 2;
/** With those that hang. */
const maxInFlight = 3;
/** So many of one lane that hang close it until one of them has ended. */
const maxLate = 2;

interface Waiting {
  start(): void;
  cancel(): void;
}

interface InFlight {
  readonly lane: Lane;
  isLate: boolean;
}

/**
 * Reads that no person waits for: two at a time, one of them of storage. A call that hangs lets the next one of its
 * lane go ahead.
 */
export class BackgroundReads implements Disposable {
  readonly #abort = new AbortController();
  readonly #waiting: Readonly<Record<Lane, Waiting[]>> = { storage: [], memory: [] };
  readonly #inFlight = new Set<InFlight>();
  readonly #lateMs: number;

  constructor(lateMs = defaultLateMs) {
    this.#lateMs = lateMs;
  }

  /** Rejects as the call does, and with a CancelledError after `dispose()`. */
  read<T>({ lane, work, late, urgent }: BackgroundRead<T>): Promise<T> {
    if (this.#abort.signal.aborted) return Promise.reject(new CancelledError());
    return new Promise<T>((resolve, reject) => {
      const waiting: Waiting = {
        start: () => {
          this.#send(lane, work, late).then(resolve, reject);
        },
        cancel: () => {
          reject(new CancelledError());
        },
      };
      if (urgent === true) this.#waiting[lane].unshift(waiting);
      else this.#waiting[lane].push(waiting);
      this.#advance();
    });
  }

  async #send<T>(lane: Lane, work: BackgroundRead<T>['work'], late: (() => void) | undefined): Promise<T> {
    const call: InFlight = { lane, isLate: false };
    this.#inFlight.add(call);
    const timer = setTimeout(() => {
      call.isLate = true;
      late?.();
      this.#advance();
    }, this.#lateMs);
    try {
      return await work({ signal: this.#abort.signal, timeoutMs: longestMs });
    } finally {
      clearTimeout(timer);
      this.#inFlight.delete(call);
      this.#advance();
    }
  }

  #advance(): void {
    for (const lane of ['storage', 'memory'] as const) {
      while (this.#hasRoomFor(lane)) {
        const next = this.#waiting[lane].shift();
        if (!next) break;
        next.start();
      }
    }
  }

  #hasRoomFor(lane: Lane): boolean {
    const calls = [...this.#inFlight];
    const active = calls.filter(({ isLate }) => !isLate);
    const late = calls.filter((call) => call.isLate && call.lane === lane);
    const storageIsBusy = lane === 'storage' && active.some((call) => call.lane === lane);
    return calls.length < maxInFlight && active.length < maxActive && late.length < maxLate && !storageIsBusy;
  }

  dispose(): void {
    for (const waiting of Object.values(this.#waiting).flatMap((queue) => queue.splice(0))) waiting.cancel();
    this.#abort.abort();
  }
}
