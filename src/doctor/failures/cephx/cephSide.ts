import { timingSafeEqual } from 'node:crypto';
import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { CephClient } from '../../../ceph/cephAccess.ts';
import { getCephUser, type CephUser } from '../../../ceph/cephUsers.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { mayReach } from '../../../hosts/clusters/poolsOver.ts';
import { shellHostOf } from '../../../hosts/shellHost.ts';
import type { SecretRef } from '../../../libvirt/protocol/refs.ts';
import { readClientKey } from '../../../operations/connectPool/clientKey.ts';
import type { PlanCluster } from '../../../operations/connectPool/poolConnection.ts';
import { parseServer } from '../../../operations/pools/rbd/monitorList.ts';
import { readSecretValue } from '../../../operations/secrets/compareSecrets.ts';
import type { SecretHost } from '../../../operations/secrets/defineSecret.ts';
import type { Patient } from '../../patient.ts';
import { reasonOf } from '../reach/loginState.ts';
import type { RbdLogin } from '../reach/rbdLogins.ts';

/** What an administrator of Ceph sees of the user that a login names. */
export type UserInCeph =
  | { readonly kind: 'known'; readonly user: CephUser; readonly cluster: PlanCluster }
  | { readonly kind: 'absent'; readonly cluster: PlanCluster }
  /** No connected host may ask. */
  | { readonly kind: 'not-seen'; readonly reason: string };

/** Asks Ceph for the user of a login, by whatever host may: once a check-up for each user. */
export async function userInCeph(patient: Patient, login: RbdLogin): Promise<UserInCeph> {
  const cluster = await clusterOfLogin(patient, login);
  const user = login.auth?.username;
  if (!cluster || user === undefined)
    return { kind: 'not-seen', reason: t('No connected host may ask this cluster for its users.') };
  return patient.once(JSON.stringify(['user in Ceph', cluster.id, user]), () =>
    askForUser(cluster, `client.${user}`, patient.wait),
  );
}

async function askForUser(cluster: CephCluster, entity: string, wait: WaitOptions): Promise<UserInCeph> {
  try {
    const { user, client } = await cluster.ask(async (one) => ({
      user: await getCephUser(one, entity, wait),
      client: one,
    }));
    const plannable = await planCluster(cluster, client);
    return user ? { kind: 'known', user, cluster: plannable } : { kind: 'absent', cluster: plannable };
  } catch (error) {
    return { kind: 'not-seen', reason: reasonOf(error) };
  }
}

/** @param client the way that has just been gone */
async function planCluster(cluster: CephCluster, client: CephClient): Promise<PlanCluster> {
  const route = cluster.routes.find((one) => one.client === client) ?? cluster.require();
  const monitors = await cluster.monitors.get();
  return {
    name: cluster.name,
    client,
    shell: shellHostOf(route.session),
    monitors: monitors.flatMap(({ addresses: [address = ''] }) => parseServer(address) ?? []),
  };
}

/** The cluster that the monitors of a login are of; undefined where that is not known for sure. */
export async function clusterOfLogin(
  { session, ward }: Patient,
  { hosts }: RbdLogin,
): Promise<CephCluster | undefined> {
  const own = ward.clusters?.of(session) ?? [];
  const names = hosts.flatMap(({ name }) => name ?? []);
  if (names.length === 0) return own.length === 1 ? own[0] : undefined;
  const all = ward.clusters?.clusters ?? [];
  const reached = await Promise.all(
    all.map(async (cluster) => {
      const monitors = await cluster.monitors.get().catch(() => []);
      return monitors.length > 0 && mayReach(names, monitors) ? [cluster] : [];
    }),
  );
  const found = reached.flat();
  const nearest = found.filter((cluster) => own.includes(cluster));
  const best = nearest.length > 0 ? nearest : found;
  return best.length === 1 ? best[0] : undefined;
}

/** Whether a secret holds the key of a Ceph user: compared in memory and wiped. */
export async function holdsKeyOf(
  host: SecretHost,
  secret: SecretRef,
  { client }: PlanCluster,
  user: string,
  options?: WaitOptions,
): Promise<boolean | 'unknown'> {
  const value = await readSecretValue(host, secret, options);
  if (value.kind !== 'set') return value.kind === 'none' ? false : 'unknown';
  const key = await readClientKey(client, user, options);
  const isSame = key.length === value.bytes.length && timingSafeEqual(key, value.bytes);
  key.fill(0);
  value.bytes.fill(0);
  return isSame;
}
