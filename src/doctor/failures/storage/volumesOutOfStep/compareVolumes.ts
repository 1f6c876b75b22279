import { listRbdImages } from '../../../../ceph/rbd.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import { listVolumes } from '../../../../libvirt/volumes.ts';
import { rbdPlaceOfPool } from '../../../../operations/volumes/cephClientOf.ts';
import type { Transport } from '../../../../transport/transport.ts';
import type { ExaminedPool, Patient } from '../../../patient.ts';
import { poolClient } from '../unreadableImage/unreadableImages.ts';

/** How libvirt's list of volumes differs from what there is. */
export interface Difference {
  /** There, and not in the list. */
  readonly unlisted: readonly string[];
  /** In the list, and not there. */
  readonly gone: readonly string[];
}

/** What is in the storage of a pool. */
interface Contents {
  /** What libvirt would list as volumes. */
  readonly volumes: readonly string[];
  /** All that is there, so that a volume of the name is not gone. */
  readonly names: ReadonlySet<string>;
}

const folderTypes: ReadonlySet<string> = new Set(['dir', 'fs', 'netfs']);

/** Whether both lists can be had without much ado. */
export function isComparable({ entry, model }: ExaminedPool): boolean {
  return (
    entry.active && (model.type === 'rbd' || (folderTypes.has(model.type) && model.targetPath !== undefined))
  );
}

/** undefined: it cannot be seen what is there, as only root may list the folder. */
export async function compareVolumes(
  patient: Patient,
  pool: ExaminedPool,
  options: WaitOptions,
): Promise<Difference | undefined> {
  const { connection } = patient.host;
  const listed = async (): Promise<readonly string[]> =>
    (await listVolumes(connection, pool.entry.ref, options)).map(({ name }) => name);
  const before = await listed();
  const contents = await contentsOf(patient, pool, options);
  if (!contents) return undefined;
  const difference = differenceOf(before, contents);
  if (difference.unlisted.length === 0 && difference.gone.length === 0) return difference;
  // What libvirt itself has made or removed since is none.
  return differenceOf(await listed(), contents);
}

export function differenceOf(listed: readonly string[], { volumes, names }: Contents): Difference {
  const known = new Set(listed);
  return {
    unlisted: volumes.filter((name) => !known.has(name)),
    gone: listed.filter((name) => !names.has(name)),
  };
}

async function contentsOf(
  patient: Patient,
  pool: ExaminedPool,
  options: WaitOptions,
): Promise<Contents | undefined> {
  const { model } = pool;
  if (model.type !== 'rbd') return folderContents(patient.host.transport, model.targetPath ?? '', options);
  const client = await poolClient(patient, pool, options);
  const volumes = await listRbdImages(client, rbdPlaceOfPool(model), options);
  return { volumes, names: new Set(volumes) };
}

/** Ends by itself where a file server hangs. */
const look = `
if [ "$(id -u)" = 0 ] || [ -r "$1" ]; then as=; else as='sudo -n'; fi
exec timeout 10 $as find "$1/" -mindepth 1 -maxdepth 1 -printf '%y %f\\0'`;

async function folderContents(
  transport: Transport,
  folder: string,
  options: WaitOptions,
): Promise<Contents | undefined> {
  const { exitCode, stdout } = await transport.exec(['sh', '-c', look, 'sh', folder], options);
  return exitCode === 0 ? parseFolder(stdout.toString()) : undefined;
}

/** Of each name one letter for its kind before, and a NUL behind. */
export function parseFolder(output: string): Contents {
  const found = output
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => ({ kind: entry.slice(0, 1), name: entry.slice(2) }));
  return {
    // A file that is removed while it is open is called so by NFS.
    volumes: found
      .filter(({ kind, name }) => kind === 'f' && !name.startsWith('.nfs'))
      .map(({ name }) => name),
    names: new Set(found.map(({ name }) => name)),
  };
}
