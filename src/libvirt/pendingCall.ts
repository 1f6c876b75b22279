import type { QueuedCall } from './callQueue.ts';
import type { WaitsFor } from './protocol/procedure.ts';
import type { LibvirtStream } from './streams.ts';

/** A call that the daemon has not answered yet, sent or still waiting for its turn. */
export class PendingCall implements QueuedCall {
  readonly procedure: number;
  readonly waitsFor: WaitsFor | undefined;
  /** What the daemon answers. Nobody needs to wait for it: a failure is not reported as unhandled. */
  readonly answer: Promise<Buffer>;
  /** Opened by the answer. */
  readonly stream: LibvirtStream | undefined;
  readonly #send: () => void;
  #startedAt: number | undefined;
  #succeed: (payload: Buffer) => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;

  constructor(
    procedure: { readonly number: number; readonly waitsFor: WaitsFor | undefined },
    stream: LibvirtStream | undefined,
    send: () => void,
  ) {
    this.procedure = procedure.number;
    this.waitsFor = procedure.waitsFor;
    this.stream = stream;
    this.#send = send;
    this.answer = new Promise((resolve, reject) => {
      this.#succeed = resolve;
      this.#fail = reject;
    });
    this.answer.catch(() => undefined);
  }

  /** Milliseconds since it was sent, undefined while it waits for its turn. */
  get sentForMs(): number | undefined {
    return this.#startedAt === undefined ? undefined : Math.round(performance.now() - this.#startedAt);
  }

  start(): void {
    this.#startedAt = performance.now();
    this.#send();
  }

  succeed(payload: Buffer): void {
    this.stream?.opened();
    this.#succeed(payload);
  }

  fail(error: Error): void {
    this.stream?.refused();
    this.#fail(error);
  }
}
