import type { WaitOptions } from '../../base/waiting.ts';
import { monitorAddress, noConfigFile, type CephClient } from '../../ceph/cephAccess.ts';
import type { RbdPlace } from '../../ceph/rbd.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import type { NetworkDiskSource } from '../../libvirt/model/disk.ts';
import type { PoolModel } from '../../libvirt/model/storagePool.ts';
import type { SecretReference, SourceAuth, SourceHost } from '../../libvirt/model/storageSource.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { SecretRef } from '../../libvirt/protocol/refs.ts';
import { secretLookupByUsage, SecretUsageType } from '../../libvirt/protocol/secret.ts';
import { getSecretValue, lookupSecret } from '../../libvirt/secrets.ts';
import type { Transport } from '../../transport/transport.ts';

/** A host of libvirt, as a connected host is one. */
export interface LibvirtMachine {
  readonly connection: LibvirtConnection;
  readonly transport: Transport;
}

/**
 * Runs Ceph's programs on the host as the very client that libvirt's pool connects as. Where the secret is private,
 * its key cannot be read: then with the host's own keyring of that client. libvirt reads no ceph.conf for a pool.
 */
export async function cephClientOfPool(
  machine: LibvirtMachine,
  pool: Pick<PoolModel, 'hosts' | 'auth' | 'configOptions'>,
  options?: WaitOptions,
): Promise<CephClient> {
  const key = await keyOf(machine.connection, pool.auth, options);
  const isComplete = key !== undefined && pool.hosts.length > 0;
  return {
    transport: machine.transport,
    access: {
      ...identity(pool.hosts, pool.auth, key),
      configFile: isComplete ? noConfigFile : undefined,
      settings: pool.configOptions,
    },
  };
}

/** The same of a domain's disk: QEMU reads the ceph.conf that the disk names, else the host's. */
export async function cephClientOfDisk(
  machine: LibvirtMachine,
  disk: Pick<NetworkDiskSource, 'hosts' | 'auth' | 'configFile'>,
  options?: WaitOptions,
): Promise<CephClient> {
  const key = await keyOf(machine.connection, disk.auth, options);
  return {
    transport: machine.transport,
    access: {
      ...identity(disk.hosts, disk.auth, key),
      configFile: disk.configFile,
      settings: new Map(),
    },
  };
}

/** Where an RBD pool of libvirt has its images; its source's name may hold a namespace. */
export function rbdPlaceOfPool({ sourceName, name }: Pick<PoolModel, 'sourceName' | 'name'>): RbdPlace {
  const [pool = '', namespace] = (sourceName ?? name).split('/');
  return { pool, namespace };
}

function identity(
  hosts: readonly SourceHost[],
  auth: SourceAuth | undefined,
  key: string | undefined,
): Pick<CephClient['access'], 'monitors' | 'clientId' | 'key'> {
  return {
    monitors: hosts.flatMap(({ name, port }) => (name === undefined ? [] : monitorAddress(name, port))),
    clientId: auth?.username,
    key,
  };
}

async function keyOf(
  connection: LibvirtConnection,
  auth: SourceAuth | undefined,
  options?: WaitOptions,
): Promise<string | undefined> {
  if (auth === undefined) return undefined;
  try {
    const secret = await findSecret(connection, auth.secret, options);
    return Buffer.from(await getSecretValue(connection, secret, options)).toString('base64');
  } catch (error) {
    if (isLibvirtError(error, ErrorCode.invalidSecret, ErrorCode.operationDenied, ErrorCode.accessDenied))
      return undefined;
    throw error;
  }
}

async function findSecret(
  connection: LibvirtConnection,
  { uuid, usage }: SecretReference,
  options?: WaitOptions,
): Promise<SecretRef> {
  if (uuid !== undefined) return lookupSecret(connection, uuid, options);
  const args = { usageType: SecretUsageType.ceph, usageId: usage ?? '' };
  return (await connection.call(secretLookupByUsage, args, options)).secret;
}
