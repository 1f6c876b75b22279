import { randomUUID } from 'node:crypto';
import { t } from '../../../../base/l10n.ts';
import { parseOsdCap } from '../../../../ceph/cephCaps.ts';
import { readCephLogins } from '../../../../hosts/clusters/cephLogins.ts';
import { connectAgain, livePlanHost } from '../../../../hosts/livePlanHost.ts';
import { probeHost } from '../../../../hosts/hostProbe.ts';
import type { HostSession } from '../../../../hosts/hostSession.ts';
import { keyringPath, lookAtKeyring } from '../../../../operations/cephUsers/exportKeyring.ts';
import { findKeySecrets } from '../../../../operations/cephUsers/keySecrets.ts';
import { secretUsageOf } from '../../../../operations/cephUsers/userName.ts';
import { readClientKey } from '../../../../operations/connectPool/clientKey.ts';
import type { ClusterGift, GiftFile } from '../../../../operations/giveCluster/clusterGift.ts';
import { cephPackagesOf } from '../../../../operations/giveCluster/cephPackages.ts';
import { readPackageFacts } from '../../../../operations/packages/hostPackages.ts';
import { hostFile, readHostFile } from '../../../../operations/hostFiles/rootFile.ts';
import { withProgress } from '../../../progress.ts';
import type { CommandServices } from '../../command.ts';
import { secretHost } from '../../secrets/copyToHost.ts';
import { configurationPath, type GiftAnswers } from './askGift.ts';

/** Looks what the host has already, and puts together what it gets. Nothing is changed. */
export function prepareGift(answers: GiftAnswers, services: CommandServices): Promise<ClusterGift> {
  const { session, cluster, site, clusterName, user, newUserCaps } = answers;
  return withProgress({ title: t('Looking what {0} has already', session.name) }, async (signal) => {
    const { fsid, configuration, plannable, users } = await site.facts();
    const place = await site.place(session, configurationPath(clusterName));
    const key = newUserCaps ? undefined : await readClientKey(cluster.client, user, { signal });
    try {
      const [keyring, packages, secret] = await Promise.all([
        keyringOf(answers, key, signal),
        packagesOf(session, signal),
        secretOf(answers, key, services, signal),
      ]);
      const caps = newUserCaps ?? users?.find(({ entity }) => entity === `client.${user}`)?.caps;
      return {
        ...{ cluster: plannable, fsid, host: livePlanHost(session), clusterName, packages, keyring, secret },
        configuration: {
          file: place.file,
          text: configuration,
          backup: place.holds === 'other' ? backupOf(place.file.path) : undefined,
        },
        ...{ user, newUserCaps, pool: firstPool(caps), mayAskKeys: users !== undefined },
        connectAgain: (options) => connectAgain(session, options),
      };
    } finally {
      key?.fill(0);
    }
  });
}

async function keyringOf(
  { session, clusterName, user }: GiftAnswers,
  key: Buffer | undefined,
  signal: AbortSignal,
): Promise<GiftFile> {
  const entity = `client.${user}`;
  const found = await hostFile(livePlanHost(session), keyringPath(clusterName, entity), { signal });
  const isTaken = key
    ? (await lookAtKeyring(found, entity, key, { signal })).kind === 'taken'
    : (await readHostFile(found, { signal })).kind !== 'absent';
  return { file: found, backup: isTaken ? backupOf(found.path) : undefined };
}

function backupOf(path: string): string {
  return `${path}.before-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}`;
}

async function packagesOf(session: HostSession, signal: AbortSignal): Promise<ClusterGift['packages']> {
  const { transport } = session.require();
  const { distributions } = await probeHost(transport, session.address, { signal });
  const wanted = cephPackagesOf(distributions);
  return wanted && { wanted, facts: await readPackageFacts(transport, wanted.names, { signal }) };
}

/** The secret that the host has for the user, else one with the UUID of those on other hosts. */
async function secretOf(
  { session, cluster, user }: GiftAnswers,
  key: Buffer | undefined,
  { registry }: CommandServices,
  signal: AbortSignal,
): Promise<ClusterGift['secret']> {
  const entity = `client.${user}`;
  const usage = secretUsageOf(entity);
  const others = registry.sessions.filter((other) => other !== session && other.connected);
  if (!key) return { uuid: randomUUID(), usage };
  const logins = await readCephLogins(cluster, user, [session, ...others], { signal });
  for (const one of [session, ...others]) {
    const used = logins.find((login) => login.session === one)?.secrets ?? [];
    const reading = findKeySecrets(secretHost(one), entity, key, used, { signal });
    const secrets = await (one === session ? reading : reading.catch(() => []));
    const [best] = [...secrets].sort((a, b) => Number(b.state === 'same') - Number(a.state === 'same'));
    if (best) return { uuid: best.ref.uuid, usage: best.ref.usageId === '' ? usage : best.ref.usageId };
  }
  return { uuid: randomUUID(), usage };
}

/** A pool that can be tried; in a namespace alone, none can. */
function firstPool(caps: ReadonlyMap<string, string> | undefined): string | undefined {
  const grants = parseOsdCap(caps?.get('osd') ?? '');
  return grants.flatMap((grant) =>
    grant.kind === 'rbd' && grant.namespace === undefined ? (grant.pool ?? []) : [],
  )[0];
}
