import { t } from '../../base/l10n.ts';
import { defineSecretStep, setKeyStep, type SecretUse } from '../connectPool/secretSteps.ts';
import type { Plan } from '../plan/plan.ts';
import type { ClusterGift } from './clusterGift.ts';
import { configurationStep, keyringStep } from './fileSteps.ts';
import { packagesStep, restartStep } from './packageSteps.ts';
import { checkStep, newUserStep } from './userSteps.ts';

/** Makes a host a client of a cluster: programs, configuration, keyring, and the secret for its libvirt. */
export function giveClusterPlan(gift: ClusterGift): Plan {
  const { host, cluster, user, secret, mayAskKeys, packages, newUserCaps } = gift;
  const use: SecretUse = { host, secret, cluster, user, mayAskKeys };
  return {
    title: t('Give {0} the Ceph cluster {1}', host.name, cluster.name),
    remarks: remarksOn(gift),
    steps: [
      ...(packages ? [packagesStep(gift, packages)] : []),
      configurationStep(gift),
      ...(newUserCaps ? [newUserStep(gift, newUserCaps)] : []),
      keyringStep(gift),
      defineSecretStep(use),
      setKeyStep(use),
      ...(packages ? [restartStep(gift, packages)] : []),
      checkStep(gift),
    ],
  };
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
