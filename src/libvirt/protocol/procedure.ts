import { type Fields, type StructOf, struct, type XdrType } from '../wire/xdrTypes.ts';

/** REMOTE_PROGRAM of remote_protocol.x. */
export const REMOTE_PROGRAM = 0x20008086;

/** Bytes flow to us (`download`), from us (`upload`) or both ways. */
export type StreamDirection = 'download' | 'upload' | 'both';

/** A guest's monitor or agent, or storage: a pool that is being started, a Ceph cluster that is silent. */
export type WaitsFor = 'guest' | 'storage';

/** A procedure of libvirt's remote protocol: its number and the layout of what is sent and answered. */
export interface Procedure<Args, Result> {
  readonly number: number;
  readonly args: XdrType<Args>;
  readonly result: XdrType<Result>;
  /** What the daemon may wait for before it answers, seconds or for ever; undefined: it answers from its own memory. */
  readonly waitsFor: WaitsFor | undefined;
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
  return { number, args: struct(args), result: struct(result ?? ({} as R)), waitsFor: undefined };
}

/** A procedure whose answer may wait for a guest, and for the storage that the guest waits for. */
export function guestProcedure<A extends Fields, R extends Fields = NoFields>(
  number: number,
  args: A,
  result?: R,
): Procedure<StructOf<A>, StructOf<R>> {
  return { ...procedure(number, args, result), waitsFor: 'guest' };
}

/** A procedure whose answer may wait for storage. */
export function storageProcedure<A extends Fields, R extends Fields = NoFields>(
  number: number,
  args: A,
  result?: R,
): Procedure<StructOf<A>, StructOf<R>> {
  return { ...procedure(number, args, result), waitsFor: 'storage' };
}

export function streamProcedure<A extends Fields, R extends Fields = NoFields>(
  number: number,
  stream: StreamDirection,
  waitsFor: WaitsFor,
  args: A,
  result?: R,
): StreamProcedure<StructOf<A>, StructOf<R>> {
  return { ...procedure(number, args, result), waitsFor, stream };
}
