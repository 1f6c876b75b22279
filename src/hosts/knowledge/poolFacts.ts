import { parsePool, type PoolModel } from '../../libvirt/model/storagePool.ts';
import type { SourceAuth, SourceHost } from '../../libvirt/model/storageSource.ts';
import type { KnownRbdPool, Monitor, SecretReference } from '../../rules/hostKnowledge.ts';

/** What a pool's definition says, as far as others ask. */
export interface PoolFacts {
  readonly type: string;
  /** undefined unless the pool is of type rbd. */
  readonly rbd: KnownRbdPool | undefined;
  /** The secret that the pool logs in with; undefined where it does not log in. */
  readonly secret: SecretReference | undefined;
  /** The folder on the host that has the volumes; undefined where there is none. */
  readonly folder: string | undefined;
}

/** Reads what `getPoolXml()` gives. */
export async function readPoolFacts(xml: string): Promise<PoolFacts> {
  const pool = await parsePool(xml);
  const rbd = pool.type === 'rbd' ? knownRbdPool(pool) : undefined;
  // The copies do not keep the XML in memory.
  return structuredClone({
    type: pool.type,
    rbd,
    secret: secretOf(pool.auth),
    folder: pool.targetPath,
  });
}

function knownRbdPool({ name, sourceName, hosts, auth }: PoolModel): KnownRbdPool | undefined {
  if (sourceName === undefined) return undefined;
  return { name, cephPool: sourceName, hosts: hosts.flatMap(monitor), auth: knownAuth(auth) };
}

function monitor({ name, port }: SourceHost): readonly Monitor[] {
  return name === undefined ? [] : [{ name, port }];
}

function knownAuth(auth: SourceAuth | undefined): KnownRbdPool['auth'] {
  const secret = secretOf(auth);
  return auth && secret && { username: auth.username, secret };
}

function secretOf(auth: SourceAuth | undefined): SecretReference | undefined {
  const { uuid, usage } = auth?.secret ?? {};
  if (uuid !== undefined) return { uuid };
  return usage === undefined ? undefined : { usage };
}
