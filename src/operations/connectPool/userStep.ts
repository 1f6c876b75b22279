import { t } from '../../base/l10n.ts';
import {
  addCephUser,
  addCephUserWords,
  getCephUser,
  removeCephUser,
  setCephCaps,
} from '../../ceph/cephUsers.ts';
import type { CephUser } from '../../ceph/cephUsers.ts';
import { monitorsArgv } from '../plan/cephShell.ts';
import type { PlanStep } from '../plan/plan.ts';
import type { ShellCommand } from '../plan/shell.ts';
import { checkRbdAccess } from '../pools/rbd/checkRbdAccess.ts';
import { areSameCaps, withRbdCaps } from './clientCaps.ts';
import { readClientKey } from './clientKey.ts';
import type { HostSide } from './hostSide.ts';
import type { PoolConnection } from './poolConnection.ts';
import { refuseUsedSecret } from './secretInUse.ts';

type UserUse = Pick<PoolConnection, 'cluster' | 'cephPool' | 'user'> & {
  /** Default: the whole pool. */
  readonly namespace?: string | undefined;
};

/**
 * Makes the Ceph user, or gives it what it lacks to use the pool: what it may do besides stays.
 * @param known as it was found; undefined: there was none
 */
export function userStep(
  { cluster, cephPool, namespace, user }: UserUse,
  known: CephUser | undefined,
  secrets: readonly Pick<HostSide, 'host' | 'secret'>[],
): PlanStep {
  const { client, shell } = cluster;
  const entity = `client.${user}`;
  const ceph = (words: readonly string[]): ShellCommand => ({ argv: monitorsArgv(client.access, words) });
  const capsWords = (caps: CephUser['caps']): readonly string[] => [
    'auth',
    'caps',
    entity,
    ...[...caps].flat(),
  ];
  const wanted = withRbdCaps(known?.caps ?? new Map(), cephPool, namespace);
  let before = known;
  return {
    title: known
      ? t('Let {0} use the images of the Ceph pool {1}', entity, cephPool)
      : t('Create the Ceph user {0}, who may use the images of the Ceph pool {1}', entity, cephPool),
    host: shell,
    commands: [ceph(known ? capsWords(wanted) : addCephUserWords(entity, wanted))],
    isDone: async (options) => {
      before = await getCephUser(client, entity, options);
      return before !== undefined && areSameCaps(before.caps, withRbdCaps(before.caps, cephPool, namespace));
    },
    run: async (options) => {
      const caps = withRbdCaps(before?.caps ?? new Map(), cephPool, namespace);
      if (!before) {
        await addCephUser(client, entity, caps, options);
        return;
      }
      await setCephCaps(client, entity, caps, options);
      if (known) options.note(t('its other capabilities were kept'));
    },
    undo: {
      title: known
        ? t('Give {0} the capabilities that it had', entity)
        : t('Remove the Ceph user {0}', entity),
      commands: [ceph(known ? capsWords(known.caps) : ['auth', 'del', entity])],
      run: async (options) => {
        if (before) {
          await setCephCaps(client, entity, before.caps, options);
          return;
        }
        for (const { host, secret } of secrets) await refuseUsedSecret(host, secret.uuid, options);
        await removeCephUser(client, entity, options);
      },
    },
  };
}

/** In place of it where this client may not ask about users: looks whether the user reaches the pool. */
export function userCheckStep({ cluster, cephPool, user }: UserUse): PlanStep {
  const { client, shell, monitors } = cluster;
  return {
    title: t('Check that client.{0} may use the images of the Ceph pool {1}', user, cephPool),
    host: shell,
    commands: [{ argv: ['rbd', `--id=${user}`, 'ls', `--pool=${cephPool}`] }],
    run: async (options) => {
      const key = await readClientKey(client, user, options);
      try {
        await checkRbdAccess(client.transport, { monitors, cephPool, client: { id: user, key } }, options);
      } finally {
        key.fill(0);
      }
    },
  };
}
