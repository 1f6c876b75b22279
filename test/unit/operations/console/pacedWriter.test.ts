import assert from 'node:assert/strict';
import { PacedWriter } from '../../../../src/operations/console/pacedWriter.ts';

/** Takes what is written when it is told to. */
class Taker {
  readonly taken: string[] = [];
  #go: () => void = () => undefined;
  #written: () => void = () => undefined;

  readonly write = (bytes: Uint8Array): Promise<void> => {
    this.taken.push(Buffer.from(bytes).toString('latin1'));
    this.#written();
    return new Promise((resolve) => (this.#go = resolve));
  };

  /** Takes the piece that waits, and waits for the next one. */
  async next(): Promise<void> {
    const written = new Promise<void>((resolve) => (this.#written = resolve));
    this.#go();
    await written;
  }
}

describe('what is typed and pasted', () => {
  it('goes out at once when nothing waits', () => {
    const taker = new Taker();
    new PacedWriter(taker.write).push(Buffer.from('ls\r'));
    assert.deepEqual(taker.taken, ['ls\r']);
  });

  it('goes out in pieces, each when the one before was taken, and whole', async () => {
    const taker = new Taker();
    const writer = new PacedWriter(taker.write);
    const text = Array.from({ length: 600 }, (_, index) => String(index % 10)).join('');
    writer.push(Buffer.from(text));
    assert.equal(taker.taken.length, 1);
    await taker.next();
    await taker.next();
    assert.equal(taker.taken.join(''), text);
    assert.ok(taker.taken.every(({ length }) => length <= 256));
  });

  it('keeps its order when more is typed meanwhile', async () => {
    const taker = new Taker();
    const writer = new PacedWriter(taker.write);
    for (const text of ['a', 'b', 'c']) writer.push(Buffer.from(text));
    await taker.next();
    await taker.next();
    assert.deepEqual(taker.taken, ['a', 'b', 'c']);
  });

  it('is ended by Ctrl+C, which does not wait behind it', async () => {
    const taker = new Taker();
    const writer = new PacedWriter(taker.write);
    writer.push(Buffer.alloc(10_000, 'x'));
    writer.push(Buffer.from('\x03'));
    await taker.next();
    assert.deepEqual(
      taker.taken.map(({ length }) => length),
      [256, 1],
    );
    assert.equal(taker.taken[1], '\x03');
  });
});
