/** When the other side is asked for a sign of life, and for how long it may owe it. */
export interface KeepaliveTiming {
  readonly intervalMs: number;
  /** Pings without an answer; at the interval after the last of them the other side is dead. */
  readonly count: number;
}

/** What libvirt itself uses on both sides. */
export const defaultKeepalive: KeepaliveTiming = { intervalMs: 5000, count: 5 };

export interface KeepaliveActions {
  ping(): void;
  pong(): void;
  dead(): void;
}

/** Counts the intervals in which nothing was heard, and asks. */
export class Keepalive {
  readonly #timing: KeepaliveTiming;
  readonly #actions: KeepaliveActions;
  #timer: NodeJS.Timeout | undefined;
  #heard = false;
  #unanswered = 0;
  /**
   * We do not read at present, by our own will: silence proves nothing, and pings of the other side cannot be seen.
   * It gets a pong at every interval, which is all that it wants.
   */
  deaf = false;

  constructor(timing: KeepaliveTiming, actions: KeepaliveActions) {
    this.#timing = timing;
    this.#actions = actions;
  }

  start(): void {
    this.#timer ??= setInterval(() => {
      this.#tick();
    }, this.#timing.intervalMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Anything that arrives is a sign of life. */
  heard(): void {
    this.#heard = true;
  }

  #tick(): void {
    if (this.#heard || this.deaf) {
      this.#unanswered = 0;
      this.#heard = false;
      if (this.deaf) this.#actions.pong();
    } else if (this.#unanswered === this.#timing.count) {
      this.#actions.dead();
    } else {
      this.#unanswered += 1;
      this.#actions.ping();
    }
  }
}
