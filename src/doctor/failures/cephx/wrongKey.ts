import { t } from '../../../base/l10n.ts';
import type { SecretRef } from '../../../libvirt/protocol/refs.ts';
import { setKeyStep } from '../../../operations/connectPool/secretSteps.ts';
import type { PlanCluster } from '../../../operations/connectPool/poolConnection.ts';
import type { Plan } from '../../../operations/plan/plan.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { stateEvidence } from '../reach/loginWords.ts';
import { diskLoginInvalid, diskLoginRefused, poolLoginFailed } from '../reach/radosSymptoms.ts';
import { groupInWords, type LoginGroup } from '../reach/rbdLogins.ts';
import { afterwards } from './afterwards.ts';
import { groupedRefusals, type RefusedGroup } from './groupedRefusals.ts';
import { refusedLogins } from './refusal.ts';
import { nameOf } from './secretWords.ts';
import { shapeInWords, shapeOfValue } from './secretShape.ts';
import { unclearFinding } from './unclearLogin.ts';

/** A secret whose value is not the key of the Ceph user that logs in with it. */
export const wrongKeyFailure: Failure = {
  id: 'wrong-key',
  page: () => ({
    title: t('A secret does not hold the key of its Ceph user'),
    summary: t(
      'Ceph refuses the login of a storage pool or a disk: “Permission denied”, or “Invalid argument” when the value is no key at all.',
    ),
    why: [
      t(
        'libvirt keeps a copy of the key of a Ceph user in a secret. When the user was made anew or got another key, or when something else was put into the secret, Ceph refuses the login. It does not say whether the user or the key is wrong.',
      ),
      t('A usual mistake: the key was encoded in base64 a second time, or its line end was stored with it.'),
    ],
    looks: [
      t('Each storage pool and disk logs in with rbd on the host, as itself.'),
      t(
        'Where Ceph refuses it, and a connected host may ask Ceph for its users, the value of the secret is compared with the key in memory. Neither is shown.',
      ),
    ],
    cures: [
      t(
        'The secret is given the key that Ceph has for the user, and the login is tried. Undone, it has the value that it had.',
      ),
      t('Where no host may ask Ceph: set the value of the secret from a keyring.'),
    ],
    byHand: [
      'ceph auth get-key client.USER | virsh secret-set-value UUID --file /dev/stdin',
      'virsh pool-start POOL',
    ],
    links: [
      { title: 'libvirt: Secret XML format', url: 'https://libvirt.org/formatsecret.html#usage-type-ceph' },
      {
        title: 'Ceph: User Management',
        url: 'https://docs.ceph.com/en/latest/rados/operations/user-management/',
      },
    ],
  }),
  symptoms: [poolLoginFailed, diskLoginRefused, diskLoginInvalid, rbdRefused()],
  examineHost,
};

/** As rbd writes it. */
export function rbdRefused(): Failure['symptoms'][number] {
  return {
    example: "rbd: couldn't connect to the cluster! rbd: listing images failed: (13) Permission denied",
    pattern: /couldn't connect to the cluster![\s\S]*\(13\) Permission denied/,
  };
}

async function examineHost(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const refused = await refusedLogins(patient, complaint);
  const different = groupedRefusals(refused, 'wrong-key').map((one) => findingOf(patient, one, complaint));
  const unclear = groupedRefusals(refused, 'unclear').map(async ({ group, refused: one, refusal }) => ({
    ...common(group),
    ...(await unclearFinding(patient, group, one, refusal.reason, complaint)),
  }));
  return Promise.all([...different, ...unclear]);
}

async function findingOf(
  patient: Patient,
  { group, refused: { login, state }, refusal }: RefusedGroup<'wrong-key'>,
  complaint: Complaint | undefined,
): Promise<Finding> {
  const user = login.auth?.username ?? '';
  const { secret, cluster } = refusal;
  const shape = await shapeOfValue({ ...patient.host, name: patient.name }, secret, patient.wait);
  return {
    ...common(group),
    title: t(
      'The secret {0} on {1} does not hold the key of client.{2}.',
      nameOf(secret),
      patient.name,
      user,
    ),
    explanation: [
      t(
        'Ceph has a user client.{0}, but with another key than the value of this secret: so it refuses whoever logs in with it.',
        user,
      ),
    ],
    evidence: [
      ...stateEvidence(login, state),
      t('The value of the secret and the key of client.{0} in {1} differ.', user, cluster.name),
      ...shapeInWords(shape),
      t('Concerned: {0}', groupInWords(group)),
    ],
    remedies: [
      {
        kind: 'plan',
        title: t('Give the secret the key of client.{0}', user),
        plan: () => Promise.resolve(setKeyPlan(patient, group, secret, cluster, complaint)),
      },
    ],
  };
}

/** The key goes from Ceph into the secret; then the login is tried. */
export function setKeyPlan(
  patient: Patient,
  group: LoginGroup,
  { uuid, usageId }: SecretRef,
  cluster: PlanCluster,
  complaint: Complaint | undefined,
): Plan {
  const user = group.first.auth?.username ?? '';
  const secret = { uuid, usage: usageId === '' ? uuid : usageId };
  return {
    title: t('Give the secret {0} on {1} the key of client.{2}', secret.usage, patient.name, user),
    remarks: [t('The key goes from Ceph to libvirt and is shown nowhere.')],
    steps: [
      setKeyStep({ host: patient.planHost, secret, cluster, user, mayAskKeys: true, wasUsed: true }),
      ...afterwards(patient, group, group.first, uuid, complaint),
    ],
  };
}

function common({ about, others }: LoginGroup): Pick<Finding, 'failure' | 'severity' | 'about' | 'others'> {
  return { failure: wrongKeyFailure.id, severity: 'error', about, others };
}
