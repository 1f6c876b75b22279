import { Transform, type TransformCallback } from 'node:stream';

const announcement = /^process-group=(\d+)\n/m;
/** What is searched for the announcement: a login shell may print warnings before it. */
const maxHeadBytes = 64 * 1024;

/**
 * Takes the line out of a program's standard error in which {@link remoteCommand} announces its process group. Only
 * with it can a program be ended: sshd passes no signals on when the user is root, nor before OpenSSH 7.9.
 */
export class AnnouncedStderr extends Transform {
  /** undefined when it was not announced, as with a forced command. */
  readonly processGroup: Promise<string | undefined>;
  #announce: (processGroup: string | undefined) => void = () => undefined;
  #head: Buffer | undefined = Buffer.alloc(0);

  constructor() {
    super();
    this.processGroup = new Promise((resolve) => {
      this.#announce = resolve;
    });
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    if (!this.#head) {
      done(null, chunk);
      return;
    }
    this.#head = Buffer.concat([this.#head, chunk]);
    const found = announcement.exec(this.#head.toString('latin1'));
    if (found) {
      this.push(this.#head.subarray(0, found.index));
      this.#head = this.#head.subarray(found.index + found[0].length);
    }
    if (found || this.#head.length > maxHeadBytes) this.#endHead(found?.[1]);
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#endHead(undefined);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#announce(undefined);
    done(error);
  }

  #endHead(processGroup: string | undefined): void {
    if (this.#head) this.push(this.#head);
    this.#head = undefined;
    this.#announce(processGroup);
  }
}
