import type { WaitsFor } from './protocol/procedure.ts';

/**
 * libvirtd takes max_client_requests (5) calls of one client at a time, the one it is reading included, and then stops
 * reading at all: it would not even see an answer to its keepalive.
 */
const MAX_IN_FLIGHT = 4;
/** Calls that may hang on the same thing leave room for those that do not hang on it. */
const MAX_WAITING_FOR_THE_SAME = 2;
/** Calls that may hang leave room for those that never do. */
const MAX_WAITING = 3;

export interface QueuedCall {
  readonly waitsFor: WaitsFor | undefined;
  /** Sends the call. It holds its place until `leave()`. */
  start(): void;
}

/** Lets calls out in the order they came, as many at a time as the daemon takes. */
export class CallQueue {
  #waiting: QueuedCall[] = [];
  readonly #inFlight = new Set<QueuedCall>();

  get inFlight(): number {
    return this.#inFlight.size;
  }

  enter(call: QueuedCall): void {
    this.#waiting.push(call);
    this.#advance();
  }

  /** The daemon has answered. */
  leave(call: QueuedCall): void {
    if (this.#inFlight.delete(call)) this.#advance();
  }

  /** Takes a call back that was not sent yet. @returns whether it was still here */
  withdraw(call: QueuedCall): boolean {
    const at = this.#waiting.indexOf(call);
    if (at >= 0) this.#waiting.splice(at, 1);
    return at >= 0;
  }

  #advance(): void {
    while (this.#inFlight.size < MAX_IN_FLIGHT) {
      const at = this.#waiting.findIndex(({ waitsFor }) => !waitsFor || this.#hasRoomFor(waitsFor));
      const [call] = at < 0 ? [] : this.#waiting.splice(at, 1);
      if (call === undefined) return;
      this.#inFlight.add(call);
      call.start();
    }
  }

  #hasRoomFor(what: WaitsFor): boolean {
    const waiting = [...this.#inFlight].filter(({ waitsFor }) => waitsFor);
    const forTheSame = waiting.filter(({ waitsFor }) => waitsFor === what);
    return waiting.length < MAX_WAITING && forTheSame.length < MAX_WAITING_FOR_THE_SAME;
  }
}
