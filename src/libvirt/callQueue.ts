/**
 * libvirtd takes max_client_requests (5) calls of one client at a time, the one it is reading included, and then stops
 * reading at all: it would not even see an answer to its keepalive.
 */
const MAX_IN_FLIGHT = 4;
/** Calls that may hang for long leave room for the others. */
const MAX_SLOW_IN_FLIGHT = 2;

export interface QueuedCall {
  readonly slow: boolean;
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
      const at = this.#waiting.findIndex(({ slow }) => !slow || this.#hasRoomForSlow());
      const [call] = at < 0 ? [] : this.#waiting.splice(at, 1);
      if (call === undefined) return;
      this.#inFlight.add(call);
      call.start();
    }
  }

  #hasRoomForSlow(): boolean {
    return [...this.#inFlight].filter(({ slow }) => slow).length < MAX_SLOW_IN_FLIGHT;
  }
}
