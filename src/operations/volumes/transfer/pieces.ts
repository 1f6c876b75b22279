import { StreamHole } from '../../../libvirt/streams.ts';

/** The bytes of a disk image in their order; zeros may be told as a hole. */
export type Piece = Buffer | StreamHole;

/** Zeros are looked for in blocks of this size. */
const grain = 64 * 1024;
const zeros = Buffer.alloc(grain);

/** The same bytes, with blocks of zeros as holes. */
export function* withHoles(data: Buffer): Generator<Piece> {
  let start = 0;
  let isHole: boolean | undefined;
  for (let at = 0; at < data.length; at += grain) {
    const block = data.subarray(at, at + grain);
    const isZero = block.equals(zeros.subarray(0, block.length));
    if (isHole !== undefined && isZero !== isHole) {
      yield pieceOf(data.subarray(start, at), isHole);
      start = at;
    }
    isHole = isZero;
  }
  if (isHole !== undefined) yield pieceOf(data.subarray(start), isHole);
}

function pieceOf(data: Buffer, isHole: boolean): Piece {
  return isHole ? new StreamHole(data.length) : data;
}

/** The bytes that a piece stands for. */
export function lengthOf(piece: Piece): number {
  return piece instanceof StreamHole ? piece.size : piece.length;
}

/** Holes as bytes again, in blocks. */
export function* withoutHoles(piece: Piece): Generator<Buffer> {
  if (!(piece instanceof StreamHole)) {
    yield piece;
    return;
  }
  for (let left = piece.size; left > 0; left -= grain) yield zeros.subarray(0, Math.min(left, grain));
}

/** A hole is told at the latest when it is as long. */
const longestHole = 256 * 1024 * 1024;

/** The same with neighbouring holes as one: the other side takes its time for each. */
export async function* joinedHoles(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  let hole = 0;
  for await (const piece of pieces) {
    if (piece instanceof StreamHole) hole += piece.size;
    if (hole > 0 && (!(piece instanceof StreamHole) || hole >= longestHole)) {
      yield new StreamHole(hole);
      hole = 0;
    }
    if (!(piece instanceof StreamHole)) yield piece;
  }
  if (hole > 0) yield new StreamHole(hole);
}
