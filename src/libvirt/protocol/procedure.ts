import { type Fields, type StructOf, struct, type XdrType } from '../wire/xdrTypes.ts';

/** REMOTE_PROGRAM of remote_protocol.x. */
export const REMOTE_PROGRAM = 0x20008086;

/** Bytes flow to us (`download`), from us (`upload`) or both ways. */
export type StreamDirection = 'download' | 'upload' | 'both';

/** A procedure of libvirt's remote protocol: its number and the layout of what is sent and answered. */
export interface Procedure<Args, Result> {
  readonly number: number;
  readonly args: XdrType<Args>;
  readonly result: XdrType<Result>;
  /** The daemon may wait for a guest's monitor, an agent or for storage before it answers: seconds, or for ever. */
  readonly slow: boolean;
}

/** A procedure after whose answer bytes flow under the serial number of the call. */
export interface StreamProcedure<Args, Result> extends Procedure<Args, Result> {
  readonly stream: StreamDirection;
}

/** For an answer that says only that it is done. */
type NoFields = Readonly<Record<string, never>>;

/** A procedure that libvirt answers from its own memory. */
export function procedure<A extends Fields, R extends Fields = NoFields>(
  number: number,
  args: A,
  result?: R,
): Procedure<StructOf<A>, StructOf<R>> {
  return { number, args: struct(args), result: struct(result ?? ({} as R)), slow: false };
}

/** A procedure whose answer may take long, see {@link Procedure.slow}. */
export function slowProcedure<A extends Fields, R extends Fields = NoFields>(
  number: number,
  args: A,
  result?: R,
): Procedure<StructOf<A>, StructOf<R>> {
  return { ...procedure(number, args, result), slow: true };
}

export function streamProcedure<A extends Fields, R extends Fields = NoFields>(
  number: number,
  stream: StreamDirection,
  args: A,
  result?: R,
): StreamProcedure<StructOf<A>, StructOf<R>> {
  return { ...procedure(number, args, result), slow: true, stream };
}
