import { nearest } from '../../../base/nearest.ts';
import { t } from '../../../base/l10n.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding, Remedy } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { clusterOfLogin } from '../cephx/cephSide.ts';
import { reasonOf, stateOfLogin, type LoginState } from './loginState.ts';
import { stateEvidence } from './loginWords.ts';
import { groupInWords, groupLogins, rbdLoginsOf, type LoginGroup } from './rbdLogins.ts';

/** A pool of Ceph that a storage pool or a disk names, and that is not there. */
export const cephPoolMissingFailure: Failure = {
  id: 'ceph-pool-missing',
  page: () => ({
    title: t('Ceph has no pool of this name'),
    summary: t(
      'A storage pool or a domain does not start, as the pool of Ceph that it names was renamed, deleted, or is misspelt.',
    ),
    why: [
      t(
        'The source of a storage pool or disk names a pool of Ceph. Ceph lets the login in, but has no such pool. It may have been renamed: capabilities of users go by the name as well.',
      ),
      t(
        'A storage pool whose source names a namespace (“pool/namespace”) fails in the same way: libvirt takes it for a pool.',
      ),
    ],
    looks: [
      t('Each storage pool and disk logs in with rbd on the host, as itself.'),
      t('A host that may asks Ceph for the names of its pools.'),
    ],
    cures: [t('The XML is opened to name another pool; or the pool is created.')],
    byHand: ['ceph osd pool ls', 'virsh pool-edit POOL', 'virsh edit DOMAIN'],
    links: [{ title: 'Ceph: Pools', url: 'https://docs.ceph.com/en/latest/rados/operations/pools/' }],
  }),
  symptoms: [
    {
      example: "failed to create the RBD IoCTX. Does the pool 'vms' exist?: No such file or directory",
      pattern: /failed to create the RBD IoCTX/,
    },
    {
      example: 'error opening pool vms: No such file or directory',
      pattern: /error opening pool .*: (?:\(2\) )?No such file or directory/,
    },
  ],
  examineHost,
};

async function examineHost(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const logins = await rbdLoginsOf(patient, complaint);
  const states = await Promise.all(
    logins.map(async (login) => ({ login, state: await stateOfLogin(patient, login) })),
  );
  const missing = states.filter(({ state }) => state.kind === 'pool-missing');
  const groups = groupLogins(
    missing.map(({ login }) => login),
    ({ hosts, place }) => JSON.stringify([hosts, place.pool]),
  );
  const findings = groups.map(async (group) => {
    const first = missing.find(({ login }) => login === group.first);
    return first ? [await findingOf(patient, group, first.state)] : [];
  });
  return (await Promise.all(findings)).flat();
}

async function findingOf(patient: Patient, group: LoginGroup, state: LoginState): Promise<Finding> {
  const { first } = group;
  const { pool } = first.place;
  const { names, cluster } = await poolsOf(patient, group);
  const alike = nearest(pool, names);
  return {
    failure: cephPoolMissingFailure.id,
    severity: 'error',
    about: group.about,
    others: group.others,
    title: t('Ceph has no pool {0}, which {1} on {2} names.', pool, first.name, patient.name),
    explanation: [
      t('The login succeeds: user and key are right. Only the pool is not there.'),
      ...(alike.length > 0 ? [t('Pools of a similar name: {0}', alike.join(', '))] : []),
      ...(first.owner.kind === 'pool' && first.place.namespace !== undefined
        ? [t('It may be meant as a namespace of a pool: libvirt’s storage pools cannot use one, disks can.')]
        : []),
    ],
    evidence: [
      ...stateEvidence(first, state),
      ...(names.length > 0 ? [t('Pools of Ceph: {0}', names.join(', '))] : []),
      t('Concerned: {0}', groupInWords(group)),
    ],
    remedies: [
      { kind: 'document', title: t('Name another pool in the XML'), on: group.about },
      ...(cluster === undefined ? [] : [createRemedy(cluster)]),
    ],
  };
}

function createRemedy(cluster: string): Remedy {
  return {
    kind: 'command',
    title: t('Create a pool in Ceph…'),
    command: 'libvirt.cephPool.create',
    on: { kind: 'cluster', cluster },
  };
}

/** The pools that there are, as far as somebody may ask. */
async function poolsOf(
  patient: Patient,
  { first }: LoginGroup,
): Promise<{ readonly names: readonly string[]; readonly cluster: string | undefined }> {
  const cluster = await clusterOfLogin(patient, first);
  if (!cluster) return { names: [], cluster: undefined };
  try {
    const pools = await cluster.pools.get();
    return { names: pools.map(({ name }) => name), cluster: cluster.id };
  } catch (error) {
    reasonOf(error);
    return { names: [], cluster: undefined };
  }
}
