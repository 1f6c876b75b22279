import { t } from '../../../base/l10n.ts';
import { setKeyStep } from '../../../operations/connectPool/secretSteps.ts';
import { userStep } from '../../../operations/connectPool/userStep.ts';
import type { Plan } from '../../../operations/plan/plan.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { secretOfLogin } from '../reach/loginState.ts';
import { stateEvidence } from '../reach/loginWords.ts';
import { diskLoginRefused, poolLoginFailed } from '../reach/radosSymptoms.ts';
import { groupInWords } from '../reach/rbdLogins.ts';
import { afterwards } from './afterwards.ts';
import { groupedRefusals, type RefusedGroup } from './groupedRefusals.ts';
import { refusedLogins } from './refusal.ts';
import { rbdRefused } from './wrongKey.ts';

/** A pool or disk that logs in as a user whom Ceph does not have. */
export const unknownCephUserFailure: Failure = {
  id: 'unknown-ceph-user',
  page: () => ({
    title: t('Ceph does not have the user of a login'),
    summary: t(
      'Ceph refuses the login of a storage pool or a disk: its user was never made, or was deleted.',
    ),
    why: [
      t(
        'The <auth> of a pool or disk names a user of Ceph, without “client.” before it. When Ceph has no such user it refuses the login with the same words as for a wrong key.',
      ),
    ],
    looks: [
      t('Each storage pool and disk logs in with rbd on the host, as itself.'),
      t('Where Ceph refuses it, a host that may asks Ceph for the user.'),
    ],
    cures: [
      t(
        'The user is created with the capabilities for the pool, the secret is given its key, and the login is tried.',
      ),
      t('Or the XML is opened to name another user.'),
    ],
    byHand: [
      'ceph auth ls',
      "ceph auth add client.USER mon 'profile rbd' osd 'profile rbd pool=POOL' mgr 'profile rbd pool=POOL'",
      'ceph auth get-key client.USER | virsh secret-set-value UUID --file /dev/stdin',
    ],
    links: [
      { title: 'Ceph: Using libvirt with Ceph RBD', url: 'https://docs.ceph.com/en/latest/rbd/libvirt/' },
      {
        title: 'Ceph: User Management',
        url: 'https://docs.ceph.com/en/latest/rados/operations/user-management/',
      },
    ],
  }),
  symptoms: [poolLoginFailed, diskLoginRefused, rbdRefused()],
  examineHost,
};

async function examineHost(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const refused = groupedRefusals(await refusedLogins(patient, complaint), 'unknown-user');
  return refused.map((one) => findingOf(patient, one, complaint));
}

function findingOf(
  patient: Patient,
  refusedGroup: RefusedGroup<'unknown-user'>,
  complaint: Complaint | undefined,
): Finding {
  const { group, refused, refusal } = refusedGroup;
  const user = refused.login.auth?.username ?? '';
  return {
    failure: unknownCephUserFailure.id,
    severity: 'error',
    about: group.about,
    others: group.others,
    title: t(
      'Ceph has no user client.{0}, as which {1} on {2} logs in.',
      user,
      refused.login.name,
      patient.name,
    ),
    explanation: [
      t(
        'Either the name is misspelt in the definition, or the user was deleted, or it is one of another cluster. A new user has a new key, which the secret is then given.',
      ),
    ],
    evidence: [
      ...stateEvidence(refused.login, refused.state),
      t('There is no client.{0} in {1}.', user, refusal.cluster.name),
      t('Concerned: {0}', groupInWords(group)),
    ],
    remedies: [
      {
        kind: 'plan',
        title: t('Create client.{0} in Ceph', user),
        plan: (options) => createPlan(patient, refusedGroup, complaint, options),
      },
      { kind: 'document', title: t('Name another user in the XML'), on: group.about },
    ],
  };
}

async function createPlan(
  patient: Patient,
  { group, refusal: { cluster } }: RefusedGroup<'unknown-user'>,
  complaint: Complaint | undefined,
  options: Parameters<typeof secretOfLogin>[2],
): Promise<Plan> {
  const { first } = group;
  const user = first.auth?.username ?? '';
  const host = patient.planHost;
  const secret = await secretOfLogin(host, first, options);
  const places = new Map(group.logins.map(({ place }) => [`${place.pool}/${place.namespace ?? ''}`, place]));
  const known = { uuid: secret?.uuid ?? '', usage: secret?.usageId ?? '' };
  return {
    title: t('Create the Ceph user client.{0} for {1}', user, patient.name),
    remarks: [t('The key goes from Ceph to libvirt and is shown nowhere.')],
    steps: [
      ...[...places.values()].map(({ pool, namespace }) =>
        userStep({ cluster, cephPool: pool, namespace, user }, undefined, []),
      ),
      setKeyStep({ host, secret: known, cluster, user, mayAskKeys: true, wasUsed: true }),
      ...afterwards(patient, group, first, secret?.uuid, complaint),
    ],
  };
}
