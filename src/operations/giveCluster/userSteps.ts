import { t } from '../../base/l10n.ts';
import type { CephAccess } from '../../ceph/cephAccess.ts';
import { getClusterStatus } from '../../ceph/clusterStatus.ts';
import { addCephUserWords, getCephUser, removeCephUser } from '../../ceph/cephUsers.ts';
import { listRbdImages } from '../../ceph/rbd.ts';
import { areSameCaps } from '../connectPool/clientCaps.ts';
import { cephArgv, monitorsArgv } from '../plan/cephShell.ts';
import type { PlanStep } from '../plan/plan.ts';
import { createCephUser } from '../cephUsers/createCephUser.ts';
import type { ClusterGift } from './clusterGift.ts';

/** Makes the user that the host is to be. */
export function newUserStep({ cluster, user }: ClusterGift, caps: ReadonlyMap<string, string>): PlanStep {
  const { client, shell } = cluster;
  const entity = `client.${user}`;
  return {
    title: t('Create the Ceph user {0}', entity),
    host: shell,
    commands: [{ argv: monitorsArgv(client.access, addCephUserWords(entity, caps)) }],
    isDone: async (options) => {
      const existing = await getCephUser(client, entity, options);
      return existing !== undefined && areSameCaps(existing.caps, caps);
    },
    run: (options) => createCephUser(client, entity, caps, options),
    undo: {
      title: t('Delete the Ceph user {0}', entity),
      commands: [{ argv: monitorsArgv(client.access, ['auth', 'del', entity]) }],
      run: (options) => removeCephUser(client, entity, options),
    },
  };
}

/** Looks at the cluster from the host, as the user that it has now. */
export function checkStep({ host, user, pool, configuration, keyring, clusterName }: ClusterGift): PlanStep {
  const access: CephAccess = {
    monitors: [],
    clientId: user,
    key: undefined,
    keyring: keyring.file.path,
    clusterName: clusterName === 'ceph' ? undefined : clusterName,
    viaSudo: keyring.file.viaSudo,
    configFile: configuration.file.path,
    settings: new Map(),
  };
  return {
    title: t('Check that {0} reaches the cluster as client.{1}', host.name, user),
    host: host.shell,
    commands: [
      { argv: monitorsArgv(access, ['status']) },
      ...(pool === undefined ? [] : [{ argv: cephArgv(access, 'rbd', ['ls', `--pool=${pool}`]) }]),
    ],
    run: async (options) => {
      const client = { transport: host.transport, access };
      await getClusterStatus(client, options);
      if (pool === undefined) return;
      const images = await listRbdImages(client, { pool, namespace: undefined }, options);
      options.note(t('{0} has {1} images', pool, images.length));
    },
  };
}
