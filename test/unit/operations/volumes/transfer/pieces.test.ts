import assert from 'node:assert/strict';
import { StreamHole } from '../../../../../src/libvirt/streams.ts';
import {
  joinedHoles,
  lengthOf,
  withHoles,
  withoutHoles,
  type Piece,
} from '../../../../../src/operations/volumes/transfer/pieces.ts';

const KiB = 1024;

/** `d64 h128`: kinds and lengths in KiB. */
function shape(pieces: Iterable<Piece>): string {
  return [...pieces]
    .map((piece) => `${piece instanceof StreamHole ? 'h' : 'd'}${lengthOf(piece) / KiB}`)
    .join(' ');
}

const data = (size: number): Buffer => Buffer.alloc(size * KiB, 1);
const zeros = (size: number): Buffer => Buffer.alloc(size * KiB);

describe('the pieces of an image', () => {
  const cases: readonly (readonly [name: string, buffer: Buffer, expected: string])[] = [
    ['nothing', Buffer.alloc(0), ''],
    ['data', data(200), 'd200'],
    ['zeros', zeros(200), 'h200'],
    ['zeros before data', Buffer.concat([zeros(128), data(64)]), 'h128 d64'],
    ['zeros within data', Buffer.concat([data(64), zeros(64), data(10)]), 'd64 h64 d10'],
    ['few zeros within data', Buffer.concat([data(60), zeros(60), data(60)]), 'd180'],
    ['zeros behind data, not a block', Buffer.concat([data(64), zeros(3)]), 'd64 h3'],
  ];
  for (const [name, buffer, expected] of cases) {
    it(`are told with holes: ${name}`, () => {
      assert.equal(shape(withHoles(buffer)), expected);
    });
  }

  it('are the same bytes when holes are filled again', () => {
    const buffer = Buffer.concat([data(64), zeros(200), data(7)]);
    const bytes = [...withHoles(buffer)].flatMap((piece) => [...withoutHoles(piece)]);
    assert.ok(Buffer.concat(bytes).equals(buffer));
  });

  it('have neighbouring holes joined, also at the end', async () => {
    // eslint-disable-next-line @typescript-eslint/require-await
    async function* pieces(): AsyncGenerator<Piece> {
      yield* [
        new StreamHole(KiB),
        new StreamHole(KiB),
        data(1),
        data(1),
        new StreamHole(KiB),
        new StreamHole(KiB),
      ];
    }
    const joined: Piece[] = [];
    for await (const piece of joinedHoles(pieces())) joined.push(piece);
    assert.equal(shape(joined), 'h2 d1 d1 h2');
  });
});
