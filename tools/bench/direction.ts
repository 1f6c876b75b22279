import type { Socket } from 'node:net';

/** One end of a connection. */
export interface End {
  readonly socket: Socket;
  /** One-way trips that lay one after the other on the longest way to what this end knows by now. */
  trips: number;
}

/** TCP starts with ten segments in flight (RFC 6928), each of what an Ethernet frame holds. */
const initialWindow = 10 * 1448;
/** How long Linux waits at least before it takes a packet for lost; a sender silent for longer slows down again. */
const shortestRetransmissionMs = 200;

interface Held {
  readonly bytes: Buffer;
  readonly trips: number;
}

/** `tcp` has the handshake and the slow start of a new connection; `delay` is latency alone. */
export type LineKind = 'tcp' | 'delay';

export interface LineOptions {
  readonly kind: LineKind;
  readonly roundTripMs: number;
}

/**
 * Carries bytes from one end to the other, late by half a round trip, and on a line like TCP no more at once than its
 * slow start lets out. What arrives has one trip more behind it than what its sender knew when it sent it, as in Lamport's clocks.
 */
export class Direction {
  readonly #to: End;
  readonly #roundTripMs: number;
  readonly #hasWindow: boolean;
  readonly #arrived: (bytes: number, trips: number) => void;
  readonly #held: Held[] = [];
  #window = initialWindow;
  #inFlight = 0;
  #mostInFlight = 0;
  #lastSent = 0;
  #ended = false;

  constructor(
    from: End,
    to: End,
    { kind, roundTripMs }: LineOptions,
    arrived: (bytes: number, trips: number) => void,
  ) {
    this.#to = to;
    this.#roundTripMs = roundTripMs;
    this.#hasWindow = kind === 'tcp' && roundTripMs > 0;
    this.#arrived = arrived;
    from.socket.on('data', (bytes: Buffer) => {
      this.#held.push({ bytes, trips: from.trips + 1 });
      this.#sendHeld(0);
    });
    from.socket.once('end', () => {
      this.#ended = true;
      this.#sendHeld(0);
    });
    from.socket.once('error', () => {
      this.#later(0.5, () => to.socket.destroy());
    });
  }

  /** Sends what the window lets out. `trips` lay before the acknowledgement that opened it. */
  #sendHeld(trips: number): void {
    if (this.#inFlight === 0) this.#slowDownAfterSilence();
    for (let next = this.#held.shift(); next; next = this.#held.shift()) {
      const room = this.#hasWindow ? this.#window - this.#inFlight : Infinity;
      if (room > 0) this.#send(next.bytes.subarray(0, room), Math.max(next.trips, trips));
      if (room >= next.bytes.length) continue;
      this.#held.unshift({ ...next, bytes: next.bytes.subarray(Math.max(0, room)) });
      return;
    }
    if (this.#ended) this.#later(0.5, () => this.#to.socket.end());
  }

  #send(bytes: Buffer, trips: number): void {
    this.#inFlight += bytes.length;
    this.#mostInFlight = Math.max(this.#mostInFlight, this.#inFlight);
    this.#lastSent = performance.now();
    this.#later(0.5, () => {
      this.#to.trips = Math.max(this.#to.trips, trips);
      this.#arrived(bytes.length, trips);
      this.#to.socket.write(bytes);
    });
    this.#later(1, () => {
      this.#inFlight -= bytes.length;
      // As Linux does, a window that was far from full does not grow.
      if (this.#window < 2 * this.#mostInFlight) this.#window += bytes.length;
      if (this.#held.length > 0) this.#sendHeld(trips + 2);
    });
  }

  #slowDownAfterSilence(): void {
    const timeout = shortestRetransmissionMs + this.#roundTripMs;
    let silence = performance.now() - this.#lastSent;
    while ((silence -= timeout) > 0 && this.#window > initialWindow) this.#window /= 2;
    this.#mostInFlight = 0;
  }

  #later(roundTrips: number, action: () => void): void {
    const act = (): void => {
      if (!this.#to.socket.destroyed) action();
    };
    if (this.#roundTripMs === 0) act();
    else setTimeout(act, roundTrips * this.#roundTripMs);
  }
}
