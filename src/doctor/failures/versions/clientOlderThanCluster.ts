import { t } from '../../../base/l10n.ts';
import { majorOf } from '../../../ceph/versions.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { clientSkewInWords, versionsInWords } from '../../../hosts/clusters/versionSkew.ts';
import type { Failure, FailurePage } from '../../failure.ts';
import type { Finding, Severity } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { cephLibraries, daemonsOf, librariesInWords, newestOf, type CephLibraries } from './cephLibraries.ts';

const id = 'client-older-than-cluster';

/** The librbd of a host is older than the cluster. */
export const clientOlderThanClusterFailure: Failure = {
  id,
  page,
  symptoms: [
    {
      example:
        "libceph: mon0 10.0.0.1:6789 feature set mismatch, my 106b84a842a42 < server's 40106b84a842a42, missing 400000000000000",
      pattern: /feature set mismatch, my [0-9a-f]+ < server's [0-9a-f]+/,
    },
  ],
  examineHost: async (patient, complaint) => {
    const libraries = await cephLibraries(patient);
    const clusters = patient.ward.clusters?.of(patient.session) ?? [];
    const found = await Promise.all(clusters.map((cluster) => examine(patient, cluster, libraries)));
    const findings = found.flat();
    return complaint || findings.length < 2 ? findings : [worst(findings)];
  },
};

/** Of several clusters of one host: it is one library. */
function worst(findings: readonly Finding[]): Finding {
  const [first] = findings;
  const most = findings.find(({ severity }) => severity === 'warning') ?? first;
  if (!most) throw new RangeError('There is no finding.');
  return most;
}

async function examine(
  patient: Patient,
  cluster: CephCluster,
  libraries: CephLibraries,
): Promise<readonly Finding[]> {
  const { librbd } = libraries;
  const daemons = await daemonsOf(cluster);
  const newest = daemons && newestOf(daemons);
  if (librbd === undefined || !daemons || newest === undefined) return [];
  const severity = severityOf(librbd, newest);
  if (!severity) return [];
  return [
    {
      failure: id,
      severity,
      about: { kind: 'host', host: patient.name },
      others: [{ kind: 'cluster', cluster: cluster.id }],
      title: t(
        'librbd {0} on {1} is older than the cluster {2} ({3})',
        librbd,
        patient.name,
        cluster.name,
        newest,
      ),
      explanation: [
        t('It is {0}.', clientSkewInWords(librbd, newest) ?? ''),
        t(
          'QEMU and libvirt open images with this library. What a newer client makes, it may not be able to open: images with new features, clones of the second kind, keys with new ciphers.',
        ),
        t(
          'Upgrade the packages librbd1 and librados2 (with Ceph’s own repository, if the distribution has no newer ones), then shut domains down and start them, or migrate them to an upgraded host: a running QEMU keeps what it was started with.',
        ),
      ],
      evidence: [...librariesInWords(libraries), `${cluster.name}: ${versionsInWords(byVersion(daemons))}`],
      remedies: [],
    },
  ];
}

/** undefined where the client is not older. Ceph tests clients two releases back. */
export function severityOf(librbd: string, cluster: string): Severity | undefined {
  const releases = majorOf(cluster) - majorOf(librbd);
  if (Number.isNaN(releases) || releases <= 0) return undefined;
  return releases > 2 ? 'warning' : 'information';
}

function byVersion(
  daemons: readonly { readonly version: string; readonly count: number }[],
): readonly { readonly version: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { version, count } of daemons) counts.set(version, (counts.get(version) ?? 0) + count);
  return [...counts].map(([version, count]) => ({ version, count }));
}

function page(): FailurePage {
  return {
    title: t('The Ceph library of a host is older than the cluster'),
    summary: t(
      'The librbd by which QEMU and libvirt open images is of an older release than the monitors and OSDs.',
    ),
    why: [
      t(
        'A cluster speaks with older clients, but not without end: each release is tested with clients up to two releases back. What newer clients make may be unknown to the old ones.',
      ),
      t('The kernel’s own client (“rbd map”) is as old as the kernel, and says “feature set mismatch”.'),
    ],
    looks: [
      t('The version of the package librbd1, or of “rbd”, on the host, and those of QEMU and libvirt.'),
      t('The versions of all monitors and OSDs, by “ceph versions”.'),
    ],
    cures: [t('Upgrade the client packages; then start domains anew, or migrate them.')],
    byHand: [
      'ceph versions',
      'dpkg-query -W librbd1',
      'rpm -q librbd1',
      'apt-get install --only-upgrade librbd1 librados2',
    ],
    links: [
      { title: 'Ceph releases', url: 'https://docs.ceph.com/en/latest/releases/' },
      { title: 'ceph features', url: 'https://docs.ceph.com/en/latest/man/8/ceph/' },
    ],
    limits: t(
      'The cluster of the tests has one release of Ceph: an older client is tested with a made-up version of its package.',
    ),
  };
}
