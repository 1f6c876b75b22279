import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import type { DomainDisk, NetworkDiskSource } from '../../libvirt/model/disk.ts';
import { parsePool } from '../../libvirt/model/storagePool.ts';
import { parseRbdName, type SourceAuth } from '../../libvirt/model/storageSource.ts';
import { parseVolume } from '../../libvirt/model/volume.ts';
import { SecretUsageType } from '../../libvirt/protocol/secret.ts';
import { lookupSecretByUsage } from '../../libvirt/secrets.ts';
import { getPoolXml, lookupPoolByName } from '../../libvirt/storagePools.ts';
import { getVolumeXml, lookupVolume } from '../../libvirt/volumes.ts';
import type { AttachableSource } from '../devices/diskStorage.ts';
import type { RbdImageSource } from '../storage/diskSource.ts';
import { readPoolOffer } from '../storage/poolOffer.ts';
import { cephClientOfDisk, cephClientOfPool, type LibvirtMachine } from '../volumes/cephClientOf.ts';
import type { ImageSpec } from './imageSpec.ts';

/** Where the image of a disk is: for qemu-img, and as a disk names it. undefined: not to be had so. */
export interface FoundImage {
  readonly image: ImageSpec | undefined;
  readonly source: AttachableSource | undefined;
}

const unknown: FoundImage = { image: undefined, source: undefined };

export async function findImage(
  machine: LibvirtMachine,
  { source, format = 'raw' }: DomainDisk,
  options?: WaitOptions,
): Promise<FoundImage> {
  switch (source?.type) {
    case 'file':
    case 'block': {
      const image = { kind: source.type, path: source.path, format };
      return { image, source: image };
    }
    case 'volume':
      return volumeImage(machine, source, format, options);
    case 'network':
      return source.protocol === 'rbd' ? rbdImage(machine, source, options) : unknown;
    default:
      return unknown;
  }
}

async function volumeImage(
  machine: LibvirtMachine,
  source: { readonly pool: string; readonly volume: string },
  format: string,
  options?: WaitOptions,
): Promise<FoundImage> {
  const { connection } = machine;
  const asVolume: AttachableSource = { kind: 'volume', pool: source.pool, volume: source.volume, format };
  const pool = await lookupPoolByName(connection, source.pool, options);
  const volume = await lookupVolume(connection, pool, source.volume, options);
  const [model, offer] = await Promise.all([
    getVolumeXml(connection, volume, options).then(parseVolume),
    readPoolOffer(connection, pool, options),
  ]);
  if (offer?.kind === 'rbd') {
    const name = parseRbdName(volume.key);
    const client = await cephClientOfPool(
      machine,
      await parsePool(await getPoolXml(connection, pool, options)),
      options,
    );
    const secretUuid = client.access.key === undefined ? undefined : offer.rbd?.auth?.secretUuid;
    const image: ImageSpec | undefined = name && {
      ...{ kind: 'rbd', image: name, access: client.access, secretUuid },
    };
    return { image, source: asVolume };
  }
  if (model.path?.startsWith('/') !== true) return { image: undefined, source: asVolume };
  const kind = model.type === 'block' ? 'block' : 'file';
  return { image: { kind, path: model.path, format }, source: asVolume };
}

async function rbdImage(
  machine: LibvirtMachine,
  source: NetworkDiskSource,
  options?: WaitOptions,
): Promise<FoundImage> {
  const name = parseRbdName(source.name);
  if (!name) return unknown;
  const [client, secretUuid] = await Promise.all([
    cephClientOfDisk(machine, source, options),
    secretOf(machine.connection, source.auth, options),
  ]);
  const { access } = client;
  const monitors = source.hosts.flatMap(({ name: host, port }) =>
    host === undefined ? [] : [{ name: host, port }],
  );
  const auth: RbdImageSource['auth'] =
    source.auth && secretUuid !== undefined ? { username: source.auth.username, secretUuid } : undefined;
  return {
    image: {
      ...{ kind: 'rbd', image: name, access },
      secretUuid: access.key === undefined ? undefined : secretUuid,
    },
    source: { kind: 'rbd', image: source.name, monitors, auth },
  };
}

async function secretOf(
  connection: LibvirtConnection,
  auth: SourceAuth | undefined,
  options?: WaitOptions,
): Promise<string | undefined> {
  const { uuid, usage } = auth?.secret ?? {};
  if (uuid !== undefined || usage === undefined) return uuid;
  return (await lookupSecretByUsage(connection, SecretUsageType.ceph, usage, options)).uuid;
}
