import { randomUUID } from 'node:crypto';
import type { WaitOptions } from '../../base/waiting.ts';
import { isForbidden } from '../../ceph/cephError.ts';
import { getCephUser, type CephUser } from '../../ceph/cephUsers.ts';
import type { RbdPlace } from '../../ceph/rbd.ts';
import { parsePool } from '../../libvirt/model/storagePool.ts';
import type { SecretRef } from '../../libvirt/protocol/refs.ts';
import { SecretUsageType } from '../../libvirt/protocol/secret.ts';
import { ListPools } from '../../libvirt/protocol/storagePool.ts';
import { listSecrets } from '../../libvirt/secrets.ts';
import { getPoolXml, listPools } from '../../libvirt/storagePools.ts';
import { secretUsageOf } from '../cephUsers/userName.ts';
import { reachesPool } from '../connectPool/clientCaps.ts';
import { isOfCluster } from '../connectPool/monitorsOfPool.ts';
import type { PlanCluster } from '../connectPool/poolConnection.ts';
import type { PlanHost } from '../plan/planHost.ts';
import { readSecretValue } from '../secrets/compareSecrets.ts';

/** As whom QEMU logs in for an image, and where it has the key from. */
export interface ImageLogin {
  /** `libvirt` of client.libvirt. */
  readonly user: string;
  readonly secret: { readonly uuid: string; readonly usage: string };
  /** As Ceph knows the user; `unknown`: the cluster's client may not ask. undefined: there is none. */
  readonly known: CephUser | undefined | 'unknown';
  /** Nothing has to be done first: the host has the secret with a value, and the user reaches the image. */
  readonly isReady: boolean;
}

interface Candidate {
  readonly user: string;
  readonly secret: ImageLogin['secret'];
  readonly hasKey: boolean;
}

/** The user of last resort, as Ceph's own documents call it. */
const usualUser = 'libvirt';

/**
 * How the domains of a host log in for an image: as a user by whom the host logs in to the cluster already, best of all
 * one who reaches the image; else as one of whom another host has the secret; else as client.libvirt.
 * @param others hosts whose secrets have the UUID that a new one here shall have
 */
export async function findImageLogin(
  host: PlanHost,
  others: readonly PlanHost[],
  cluster: PlanCluster,
  { pool, namespace }: RbdPlace,
  options?: WaitOptions,
): Promise<ImageLogin> {
  const own = await candidatesOn(host, cluster, options);
  const elsewhere = await Promise.all(others.map((other) => candidatesOn(other, cluster, options)));
  const candidates = [
    ...own,
    ...elsewhere.flat().map((candidate) => ({ ...candidate, hasKey: false })),
    { user: usualUser, secret: newSecret(usualUser), hasKey: false },
  ];
  const users = new Map<string, ImageLogin['known']>();
  for (const { user } of candidates)
    if (!users.has(user)) users.set(user, await readUser(cluster, user, options));
  const reaches = ({ user }: Candidate): boolean => {
    const known = users.get(user);
    return known === 'unknown' || (known !== undefined && reachesPool(known.caps, pool, namespace));
  };
  const best =
    candidates.find((candidate) => candidate.hasKey && reaches(candidate)) ??
    candidates.find(reaches) ??
    candidates.find(({ hasKey }) => hasKey) ??
    candidates[0];
  const { user, secret, hasKey } = best ?? { user: usualUser, secret: newSecret(usualUser), hasKey: false };
  const isReady = hasKey && best !== undefined && reaches(best);
  return { user, secret, known: users.get(user), isReady };
}

function newSecret(user: string): ImageLogin['secret'] {
  return { uuid: randomUUID(), usage: secretUsageOf(`client.${user}`) };
}

/** The users by whom the storage pools of a host log in to the cluster. */
async function candidatesOn(
  host: PlanHost,
  { monitors }: PlanCluster,
  options?: WaitOptions,
): Promise<readonly Candidate[]> {
  const { connection } = host;
  const [refs, secrets] = await Promise.all([
    listPools(connection, ListPools.rbd, options),
    listSecrets(connection, 0, options),
  ]);
  const found = await Promise.all(
    refs.map(async (ref): Promise<readonly Candidate[]> => {
      const { hosts, auth } = await parsePool(await getPoolXml(connection, ref, options));
      const secret = auth && secretNamed(auth.secret, secrets);
      if (!secret || isOfCluster(hosts, monitors) !== true) return [];
      const value = await readSecretValue(host, secret, options);
      if (value.kind === 'set') value.bytes.fill(0);
      const { uuid, usageId: usage } = secret;
      return [{ user: auth.username, secret: { uuid, usage }, hasKey: value.kind !== 'none' }];
    }),
  );
  return found.flat();
}

function secretNamed(
  { uuid, usage }: { readonly uuid: string | undefined; readonly usage: string | undefined },
  secrets: readonly SecretRef[],
): SecretRef | undefined {
  return secrets.find((secret) =>
    uuid === undefined
      ? secret.usageType === SecretUsageType.ceph && secret.usageId === usage
      : secret.uuid === uuid,
  );
}

async function readUser(
  { client }: PlanCluster,
  user: string,
  options?: WaitOptions,
): Promise<ImageLogin['known']> {
  try {
    return await getCephUser(client, `client.${user}`, options);
  } catch (error) {
    if (isForbidden(error)) return 'unknown';
    throw error;
  }
}
