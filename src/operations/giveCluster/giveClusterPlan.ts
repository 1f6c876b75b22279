import { t } from '../../base/l10n.ts';
import { defineSecretStep, setKeyStep, type SecretUse } from '../connectPool/secretSteps.ts';
import { packagesStep, type HostPackages } from '../packages/packageSteps.ts';
import { restartDaemonStep } from '../packages/restartDaemon.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import { offeredTypes } from '../pools/offeredTypes.ts';
import type { ClusterGift } from './clusterGift.ts';
import { configurationStep, keyringStep } from './fileSteps.ts';

import { checkStep, newUserStep } from './userSteps.ts';

/** Makes a host a client of a cluster: programs, configuration, keyring, and the secret for its libvirt. */
export function giveClusterPlan(gift: ClusterGift): Plan {
  const { host, cluster, user, secret, mayAskKeys, packages, newUserCaps } = gift;
  const use: SecretUse = { host, secret, cluster, user, mayAskKeys };
  return {
    title: t('Give {0} the Ceph cluster {1}', host.name, cluster.name),
    remarks: remarksOn(gift),
    steps: [
      ...(packages ? [packagesStep(host, packages)] : []),
      configurationStep(gift),
      ...(newUserCaps ? [newUserStep(gift, newUserCaps)] : []),
      keyringStep(gift),
      defineSecretStep(use),
      setKeyStep(use),
      ...(packages ? [driverStep(gift, packages)] : []),
      checkStep(gift),
    ],
  };
}

/** libvirt looks for its storage drivers as it starts. */
function driverStep({ host, connectAgain }: ClusterGift, { facts, wanted }: HostPackages): PlanStep {
  const driver = wanted.names.find((name) => name.includes('storage')) ?? '';
  return restartDaemonStep(host, {
    title: t('Restart {0}, so that it loads {1}', facts.storageDaemon, driver),
    ...{ facts, connectAgain },
    isDone: async (options) => {
      const types = await offeredTypes(host.connection, options);
      return types.find(({ type }) => type === 'rbd')?.supported === true;
    },
  });
}

function remarksOn({ host, packages, configuration, keyring, user }: ClusterGift): readonly string[] {
  const kept = [configuration, keyring].flatMap(({ file, backup }) =>
    backup === undefined ? [] : [t('The {0} that is there is kept as {1}.', file.path, backup)],
  );
  return [
    t('{0} becomes client.{1} of the cluster. The key is shown nowhere.', host.name, user),
    packages
      ? t(
          '{0} is restarted only if it lacks the RBD driver: running domains go on, and the connection is made again.',
          packages.facts.storageDaemon,
        )
      : t(
          'The packages of its distribution are not known: it needs Ceph’s programs, and the RBD drivers of libvirt and QEMU.',
        ),
    ...kept,
  ];
}
