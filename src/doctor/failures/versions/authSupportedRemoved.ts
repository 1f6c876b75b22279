import { t } from '../../../base/l10n.ts';
import { compareVersions } from '../../../ceph/versions.ts';
import type { Failure, FailurePage } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { cephLibraries, daemonsOf, librariesInWords, newestOf } from './cephLibraries.ts';

const id = 'auth-supported-removed';

/** libvirt sets an option that the Ceph library of the host does not have any more: no RBD pool starts. */
export const authSupportedRemovedFailure: Failure = {
  id,
  page,
  symptoms: [
    {
      example: 'internal error: failed to set RADOS option: auth_supported',
      pattern: /failed to set RADOS option: auth_supported/,
    },
    {
      example: 'invalid conf option auth_supported: No such file or directory',
      pattern: /invalid conf option auth_supported/,
    },
  ],
  examineHost: async (patient, complaint) => {
    const pools = (await patient.pools()).filter(({ model }) => model.type === 'rbd');
    if (pools.length === 0 && !complaint) return [];
    const [libraries, libvirt] = await Promise.all([cephLibraries(patient), lookAtLibraries(patient)]);
    const bites = libvirt.asks !== false && libvirt.has === false;
    if (bites || (complaint && libvirt.asks !== false)) return [broken(patient, libraries, libvirt, bites)];
    if (complaint || libvirt.asks !== true) return [];
    return beforeItBites(patient, libraries);
  },
};

interface Option {
  /** Whether libvirt's backend for RBD pools asks for the option; undefined: its file is not where it is looked for. */
  readonly asks: boolean | undefined;
  /** Whether Ceph's library has it; undefined: its file is not where it is looked for. */
  readonly has: boolean | undefined;
}

/** The names of options are in the files of both. */
const script = `
look() { n=$1; shift; s=
for f in "$@"; do [ -r "$f" ] || continue; s=no; grep -q auth_supported "$f" && s=yes && break; done
[ -n "$s" ] && echo "$n $s"; }
look asks /usr/lib*/libvirt/storage-backend/libvirt_storage_backend_rbd.so /usr/lib/*/libvirt/storage-backend/libvirt_storage_backend_rbd.so
look has /usr/lib*/ceph/libceph-common.so.* /usr/lib/*/ceph/libceph-common.so.* /usr/lib*/librados.so.2 /usr/lib/*/librados.so.2
exit 0`;

async function lookAtLibraries({ host, wait }: Patient): Promise<Option> {
  const { stdout } = await host.transport.exec(['sh', '-c', script], wait);
  const said = stdout.toString();
  const answer = (name: string): boolean | undefined => {
    const word = new RegExp(`^${name} (yes|no)$`, 'm').exec(said)?.[1];
    return word === undefined ? undefined : word === 'yes';
  };
  return { asks: answer('asks'), has: answer('has') };
}

function broken(
  patient: Patient,
  libraries: Parameters<typeof librariesInWords>[0],
  { asks, has }: Option,
  bites: boolean,
): Finding {
  return {
    failure: id,
    severity: 'error',
    about: { kind: 'host', host: patient.name },
    title: t('No RBD pool starts on {0}: libvirt and its Ceph library do not fit', patient.name),
    explanation: [
      t(
        'libvirt sets the option auth_supported for each RBD pool before it logs in. Ceph removed that option in 20.2.4, so that the pool fails before anything else is tried. Nothing in the XML of the pool helps: libvirt sets it first.',
      ),
      t(
        'Domains are not affected: QEMU uses auth_client_required. They start, run and migrate with their RBD disks; only volumes of pools cannot be managed by libvirt.',
      ),
      ...(bites
        ? [
            t(
              'Where pools are still active, libvirt was started before the library was replaced: they fail when it is restarted.',
            ),
          ]
        : [
            t(
              'The library that is installed now has the option. If it was replaced meanwhile, restart libvirt and start the pool.',
            ),
          ]),
      t(
        'Upgrade libvirt to a version without auth_supported, or stay with librados2 before 20.2.4. Until then attach images of Ceph as disks of type network, which this extension does below the cluster.',
      ),
    ],
    evidence: [
      ...librariesInWords(libraries),
      ...(asks === true ? [t('libvirt’s backend for RBD asks for auth_supported')] : []),
      ...(has === false ? [t('Ceph’s library does not know auth_supported')] : []),
    ],
    remedies: [],
  };
}

/** The last version of Ceph's client that has the option is before this. */
export const removedIn = '20.2.4';

/** The cluster is upgraded first as a rule, and its clients follow. */
async function beforeItBites(
  patient: Patient,
  libraries: Parameters<typeof librariesInWords>[0],
): Promise<readonly Finding[]> {
  const clusters = patient.ward.clusters?.of(patient.session) ?? [];
  const versions = await Promise.all(
    clusters.map(async (cluster) => {
      const daemons = await daemonsOf(cluster);
      return daemons && newestOf(daemons);
    }),
  );
  const ahead = versions.find((version) => version !== undefined && isWithout(version));
  if (ahead === undefined) return [];
  return [
    {
      failure: id,
      severity: 'warning',
      about: { kind: 'host', host: patient.name },
      title: t('Upgrade libvirt on {0} before its Ceph packages', patient.name),
      explanation: [
        t(
          'The cluster runs Ceph {0}. When librados2 on this host follows, the libvirt that is installed here starts no RBD pool any more: it sets the option auth_supported, which Ceph removed in 20.2.4.',
          ahead,
        ),
      ],
      evidence: [...librariesInWords(libraries), t('libvirt’s backend for RBD asks for auth_supported')],
      remedies: [],
    },
  ];
}

/** Whether a client of this version has lost the option. */
export function isWithout(version: string): boolean {
  return compareVersions(version, removedIn) >= 0;
}

function page(): FailurePage {
  return {
    title: t('libvirt sets an option that Ceph has removed'),
    summary: t(
      '“failed to set RADOS option: auth_supported”: no RBD pool starts since Ceph’s client packages were upgraded.',
    ),
    why: [
      t(
        'The storage driver of libvirt sets auth_supported to cephx or none for every RBD pool. The client libraries of Ceph 20.2.4 and later have no such option, and refuse it.',
      ),
      t(
        'Tools that write “auth_supported=…” into a disk themselves fail likewise, with “invalid conf option auth_supported”.',
      ),
    ],
    looks: [
      t(
        'Whether the file of libvirt’s backend for RBD pools asks for the option, and whether that of Ceph’s library knows it: no version has to be guessed.',
      ),
      t(
        'Whether the cluster is at 20.2.4 or later already, while the client on the host is not: then it is told before it happens.',
      ),
    ],
    cures: [
      t('Upgrade libvirt to a version that does not set it.'),
      t('Keep librados2, librbd1 and ceph-common before 20.2.4 until then.'),
      t('Attach images as disks of type network: domains do not need a pool.'),
    ],
    byHand: [
      'dpkg-query -W librados2 libvirt-daemon',
      'grep -c auth_supported /usr/lib/*/libvirt/storage-backend/libvirt_storage_backend_rbd.so',
      'apt-mark hold librados2 librbd1 ceph-common',
    ],
    links: [
      { title: 'libvirt: RBD pools', url: 'https://libvirt.org/storage.html#rbd-pool' },
      { title: 'Ceph: Tentacle', url: 'https://docs.ceph.com/en/latest/releases/tentacle/' },
    ],
    limits: t(
      'Tested on a library of Ceph 16 from which the option was taken: Ceph 20 does not run in the tests. Which version of libvirt is the first without it was not known when this was written.',
    ),
  };
}
