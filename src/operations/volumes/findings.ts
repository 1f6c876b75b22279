import { mapInTurns } from './mapInTurns.ts';
import { messageOf, Problem } from '../../base/errors.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import {
  listRbdChildren,
  listRbdSnapshots,
  listRbdWatchers,
  type RbdImage,
  type RbdSnapshotInfo,
  type RbdWatcher,
} from '../../ceph/rbd.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { parseVolume } from '../../libvirt/model/volume.ts';
import {
  connectGetAllDomainStats,
  DomainStats,
  DomainStatsFlag,
} from '../../libvirt/protocol/domainStats.ts';
import { ListDomains } from '../../libvirt/protocol/domainFlags.ts';
import type { VolumeRef } from '../../libvirt/protocol/refs.ts';
import { lookupPoolByName } from '../../libvirt/storagePools.ts';
import { getVolumePath, getVolumeXml, isRbdVolume, listVolumes } from '../../libvirt/volumes.ts';
import type { LibvirtMachine } from './cephClientOf.ts';
import { rbdVolumeOf } from './rbdVolume.ts';

/** What stands in the way of deleting, wiping or changing a volume, besides the definitions of domains. */
export interface VolumeFindings {
  /** Running domains that have the file or device open, also below an overlay: `web1 (vda)`. */
  readonly openIn: readonly { readonly domain: string; readonly target: string }[];
  /** Volumes of the pool that hold only what differs from it. */
  readonly overlays: readonly string[];
  /** Of an RBD image. */
  readonly rbd: RbdFindings | undefined;
}

export type RbdFindings =
  | {
      readonly kind: 'known';
      readonly watchers: readonly RbdWatcher[];
      readonly snapshots: readonly RbdSnapshotInfo[];
      readonly children: readonly RbdImage[];
    }
  /** rbd cannot be asked: why. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** So many volumes are looked at for whether they are overlays. */
const looksAt = 2000;

export async function lookAt(
  machine: LibvirtMachine,
  volume: VolumeRef,
  options: WaitOptions = {},
): Promise<VolumeFindings> {
  if (isRbdVolume(volume)) return { openIn: [], overlays: [], rbd: await askRbd(machine, volume, options) };
  const { connection } = machine;
  const path = await getVolumePath(connection, volume, options);
  const [openIn, overlays] = await Promise.all([
    domainsThatOpened(connection, path, options),
    overlaysOf(connection, volume, path, options),
  ]);
  return { openIn, overlays, rbd: undefined };
}

async function askRbd(
  machine: LibvirtMachine,
  volume: VolumeRef,
  options: WaitOptions,
): Promise<RbdFindings | undefined> {
  try {
    const rbd = await rbdVolumeOf(machine, volume, options);
    if (!rbd) return undefined;
    const { client, image } = rbd;
    const [watchers, snapshots, children] = await Promise.all([
      listRbdWatchers(client, image, options),
      listRbdSnapshots(client, image, options),
      listRbdChildren(client, image, options),
    ]);
    return { kind: 'known', watchers, snapshots, children };
  } catch (error) {
    if (!(error instanceof Problem) || options.signal?.aborted === true) throw error;
    return { kind: 'unknown', reason: messageOf(error) };
  }
}

async function domainsThatOpened(
  connection: LibvirtConnection,
  path: string,
  options: WaitOptions,
): Promise<VolumeFindings['openIn']> {
  const flags = ListDomains.active | DomainStatsFlag.noWait | DomainStatsFlag.backing;
  const args = { domains: [], stats: DomainStats.block, flags };
  const { records } = await connection.call(connectGetAllDomainStats, args, options);
  return records.flatMap(({ domain, params }) => {
    const values = new Map(params.map(({ field, value }) => [field, value]));
    return params.flatMap(({ field, value }) => {
      const index = /^block\.(\d+)\.path$/.exec(field)?.[1];
      if (index === undefined || value !== path) return [];
      return [{ domain: domain.name, target: String(values.get(`block.${index}.name`) ?? '') }];
    });
  });
}

async function overlaysOf(
  connection: LibvirtConnection,
  volume: VolumeRef,
  path: string,
  options: WaitOptions,
): Promise<readonly string[]> {
  const pool = await lookupPoolByName(connection, volume.pool, options);
  const others = (await listVolumes(connection, pool, options)).filter(({ key }) => key !== volume.key);
  if (others.length > looksAt) return [];
  const found = await mapInTurns(others, 4, async (other) => {
    // One that vanished meanwhile is no overlay.
    const xml = await getVolumeXml(connection, other, options).catch(() => undefined);
    return xml !== undefined && (await parseVolume(xml)).backing === path ? other.name : undefined;
  });
  return found.filter((name) => name !== undefined);
}
