import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { isForbidden } from '../../ceph/cephError.ts';
import { getCephUser, type CephUser } from '../../ceph/cephUsers.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import { cephPoolSteps } from './cephPoolSteps.ts';
import { readHostSides, type HostSide } from './hostSide.ts';
import type { PoolConnection } from './poolConnection.ts';
import { poolSteps } from './poolSteps.ts';
import { defineSecretStep, setKeyStep } from './secretSteps.ts';
import { userCheckStep, userStep } from './userStep.ts';

/**
 * Makes a pool of Ceph the storage of libvirt on hosts: the pool itself, a user who may use it, on each host a secret
 * with the user's key and a pool that logs in with it. What is so already is left so: run again it mends what is missing.
 * Reads what there is. Rejects with a PoolProblem when a host has another pool of that name.
 */
export async function connectPoolPlan(connection: PoolConnection, options?: WaitOptions): Promise<Plan> {
  const { cluster, cephPool, user, hosts, autostart } = connection;
  const [known, sides] = await Promise.all([
    readUser(connection, options),
    readHostSides(connection, options),
  ]);
  const perHost = await Promise.all(
    sides.map(async (side): Promise<readonly PlanStep[]> => {
      const { host, pool, poolName: name, secret } = side;
      const use = { host, secret, cluster, user, mayAskKeys: known !== 'forbidden' };
      const wanted = { name, cephPool, monitors: cluster.monitors, user, secretUuid: secret.uuid };
      return [
        defineSecretStep(use),
        setKeyStep(use),
        ...(await poolSteps({ host, wanted, known: pool }, autostart)),
      ];
    }),
  );
  return {
    title: t('Connect the Ceph pool {0} to {1}', cephPool, hosts.map(({ name }) => name).join(', ')),
    remarks: remarksOn(connection, sides, known === 'forbidden'),
    steps: [
      ...cephPoolSteps(connection),
      known === 'forbidden' ? userCheckStep(connection) : userStep(connection, known, sides),
      ...perHost.flat(),
    ],
  };
}

async function readUser(
  { cluster: { client }, user }: PoolConnection,
  options?: WaitOptions,
): Promise<CephUser | undefined | 'forbidden'> {
  try {
    return await getCephUser(client, `client.${user}`, options);
  } catch (error) {
    if (isForbidden(error)) return 'forbidden';
    throw error;
  }
}

function remarksOn(
  { cluster, user }: PoolConnection,
  sides: readonly HostSide[],
  isForbidden: boolean,
): readonly string[] {
  const uuids = new Map<string, string[]>();
  for (const { host, secret } of sides)
    uuids.set(secret.uuid, [...(uuids.get(secret.uuid) ?? []), host.name]);
  const { access } = cluster.client;
  return [
    t(
      'What is so already is left as it is. The key of client.{0} goes from Ceph to libvirt and is shown nowhere.',
      user,
    ),
    ...(uuids.size < 2
      ? []
      : [
          t(
            'The secret has another UUID on some hosts ({0}): a domain that names it cannot move between them.',
            [...uuids].map(([uuid, names]) => `${names.join(', ')}: ${uuid}`).join('; '),
          ),
        ]),
    ...(isForbidden
      ? [
          t(
            'client.{0} may not manage users: it gets its own key, and its capabilities are not changed.',
            access.clientId ?? 'admin',
          ),
        ]
      : []),
    ...(access.key === undefined
      ? []
      : [
          t(
            'As a script, this needs a keyring of client.{0} on {1}.',
            access.clientId ?? 'admin',
            cluster.shell.name,
          ),
        ]),
  ];
}
