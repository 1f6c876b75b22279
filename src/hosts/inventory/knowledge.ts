import type { LibvirtConnection } from '../../libvirt/connection.ts';
import type { SourceAuth, SourceHost } from '../../libvirt/model/storageSource.ts';
import { parsePool, type PoolModel } from '../../libvirt/model/storagePool.ts';
import { SecretUsageType } from '../../libvirt/protocol/secret.ts';
import { ListPools } from '../../libvirt/protocol/storagePool.ts';
import { getPoolXml, listPools } from '../../libvirt/storagePools.ts';
import type { HostKnowledge, KnownRbdPool, KnownSecret, Monitor } from '../../rules/hostKnowledge.ts';
import type { SecretEntry } from './secrets.ts';

/** Reads what the rules ask of a host: one call, and one more for each RBD pool. */
export async function readKnowledge(
  connection: LibvirtConnection,
  hostName: string,
  secrets: Iterable<SecretEntry>,
): Promise<HostKnowledge> {
  const refs = await listPools(connection, ListPools.rbd);
  const pools = await Promise.all(
    refs.map(async (ref) => parsePool(await getPoolXml(connection, ref, { inactive: true }))),
  );
  return { hostName, rbdPools: pools.flatMap(knownPool), secrets: [...secrets].map(knownSecret) };
}

function knownPool({ name, sourceName, hosts, auth }: PoolModel): readonly KnownRbdPool[] {
  if (sourceName === undefined) return [];
  return [{ name, cephPool: sourceName, hosts: hosts.flatMap(monitor), auth: knownAuth(auth) }];
}

function monitor({ name, port }: SourceHost): readonly Monitor[] {
  return name === undefined ? [] : [{ name, port }];
}

function knownAuth(auth: SourceAuth | undefined): KnownRbdPool['auth'] {
  if (auth === undefined) return undefined;
  const { uuid, usage } = auth.secret;
  if (uuid !== undefined) return { username: auth.username, secret: { uuid } };
  return usage === undefined ? undefined : { username: auth.username, secret: { usage } };
}

function knownSecret({ ref }: SecretEntry): KnownSecret {
  return {
    uuid: ref.uuid,
    usageType: usageTypeName(ref.usageType),
    usageId: ref.usageId === '' ? undefined : ref.usageId,
  };
}

/** libvirt's word for what a secret is for: `ceph`, `volume` ... */
export function usageTypeName(usageType: number): string {
  return Object.entries(SecretUsageType).find(([, number]) => number === usageType)?.[0] ?? String(usageType);
}
