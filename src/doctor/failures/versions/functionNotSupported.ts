import { t } from '../../../base/l10n.ts';
import { majorOf } from '../../../ceph/versions.ts';
import type { Failure, FailurePage } from '../../failure.ts';
import { cephLibraries, daemonsOf, librariesInWords, newestOf } from './cephLibraries.ts';

const id = 'function-not-supported';

/** A program asked its librbd for what that cannot do: it is too old. */
export const functionNotSupportedFailure: Failure = {
  id,
  page,
  symptoms: [
    { example: 'FunctionNotSupported: error creating image', pattern: /FunctionNotSupported\b/ },
    {
      example: 'installed version of librbd does not support format 2 images',
      pattern: /installed version of librbd does not support/,
    },
    {
      example: 'rbd: create error: (38) Function not implemented',
      pattern: /rbd: (?:create|clone|copy) error: \(38\) Function not implemented/,
    },
  ],
  examineHost: async (patient, complaint) => {
    if (!complaint) return [];
    const libraries = await cephLibraries(patient);
    const clusters = patient.ward.clusters?.of(patient.session) ?? [];
    const versions = await Promise.all(
      clusters.map(async (cluster) => {
        const daemons = await daemonsOf(cluster);
        return { name: cluster.name, newest: daemons && newestOf(daemons) };
      }),
    );
    const { librbd } = libraries;
    const isOld =
      librbd !== undefined &&
      versions.some(({ newest }) => newest !== undefined && majorOf(newest) > majorOf(librbd));
    return [
      {
        failure: id,
        severity: isOld ? 'error' : 'information',
        about: { kind: 'host', host: patient.name },
        title: isOld
          ? t('librbd {0} on {1} is too old for what was asked of it', librbd, patient.name)
          : t('A program with an old librbd failed; that of {0} is not it', patient.name),
        explanation: [
          t(
            '“FunctionNotSupported”, and errno 38, mean that librbd, or the cluster, does not have the function: one of them is too old for the other.',
          ),
          isOld
            ? t(
                'Upgrade librbd1, librados2 and python3-rbd to the release of the cluster, and restart the program that failed.',
              )
            : t(
                'On {0} the versions fit. Look on the machine where the program runs that failed (of OpenStack that is cinder-volume, glance-api or nova-compute), and at its Python package rbd; restart it after an upgrade.',
                patient.name,
              ),
          t('It also comes where an image of format 1 is asked for what only format 2 has.'),
        ],
        evidence: [
          ...librariesInWords(libraries),
          ...versions.map(({ name, newest }) => `${name}: ${newest ?? '?'}`),
        ],
        remedies: [],
      },
    ];
  },
};

function page(): FailurePage {
  return {
    title: t('librbd is too old for what is asked of it'),
    summary: t(
      '“FunctionNotSupported: error creating image”, or errno 38: client and cluster do not fit together.',
    ),
    why: [
      t(
        'Python’s rbd module raises FunctionNotSupported where librbd, or the OSDs behind it, answer that they do not have a function. A client of 0.87 with a cluster of 10 cannot create an image: it has to be upgraded.',
      ),
      t('Python loads the librbd of the machine where the program runs, which is often not the hypervisor.'),
    ],
    looks: [t('librbd, QEMU and libvirt of the host, and the versions of the cluster’s monitors and OSDs.')],
    cures: [t('Upgrade the client packages on the machine where the program runs, and restart the program.')],
    byHand: [
      'ceph versions',
      'python3 -c "import rbd; print(rbd.RBD().version())"',
      'apt-get install --only-upgrade librbd1 librados2 python3-rbd',
    ],
    links: [{ title: 'librbd (Python)', url: 'https://docs.ceph.com/en/latest/rbd/api/librbdpy/' }],
    limits: t('Tested with recorded output: clients that old do not run beside the cluster of the tests.'),
  };
}
