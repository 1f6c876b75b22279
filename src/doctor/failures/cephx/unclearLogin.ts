import { t } from '../../../base/l10n.ts';
import type { SecretRef } from '../../../libvirt/protocol/refs.ts';
import type { Complaint } from '../../complaint.ts';
import type { Finding, Remedy } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { secretOfLogin } from '../reach/loginState.ts';
import { stateEvidence } from '../reach/loginWords.ts';
import { groupInWords, type LoginGroup } from '../reach/rbdLogins.ts';
import { afterwards } from './afterwards.ts';
import type { RefusedLogin } from './refusal.ts';
import { decodeValueStep, shapeInWords, shapeOfValue, type ValueShape } from './secretShape.ts';
import { nameOf, setValueRemedy } from './secretWords.ts';

/**
 * Of a login that Ceph refuses, while no connected host may ask Ceph why. That the value of the secret is no key at all is
 * seen without asking.
 */
export async function unclearFinding(
  patient: Patient,
  group: LoginGroup,
  { login, state }: RefusedLogin,
  reason: string,
  complaint: Complaint | undefined,
): Promise<Pick<Finding, 'title' | 'explanation' | 'evidence' | 'remedies'>> {
  const user = login.auth?.username ?? '';
  const host = { ...patient.host, name: patient.name };
  const secret = await secretOfLogin(host, login, patient.wait);
  const shape = secret ? await shapeOfValue(host, secret, patient.wait) : 'unknown';
  const isKey = shape === 'key' || shape === 'unknown';
  return {
    title:
      secret && !isKey
        ? t('The secret {0} on {1} does not hold the key of client.{2}.', nameOf(secret), patient.name, user)
        : t('Ceph refuses the login of {0} on {1} as client.{2}.', login.name, patient.name, user),
    explanation: isKey
      ? [
          t(
            'Either Ceph has no user client.{0}, or the secret does not hold its key, or the user may not ask the monitors. Ceph does not say which of them it is, and no connected host may ask for its users.',
            user,
          ),
          t(
            'Connect a host that has a keyring of an administrator of Ceph, and look again; or set the value of the secret from a keyring.',
          ),
        ]
      : shapeInWords(shape),
    evidence: [
      ...stateEvidence(login, state),
      ...(reason === '' ? [] : [reason]),
      t('Concerned: {0}', groupInWords(group)),
    ],
    remedies: [
      ...(secret && shape === 'text-of-key' ? [decodeRemedy(patient, group, secret, complaint)] : []),
      ...(secret ? [setValueRemedy(patient, secret)] : []),
      ...lookAtXml(shape, group),
    ],
  };
}

function decodeRemedy(
  patient: Patient,
  group: LoginGroup,
  secret: SecretRef,
  complaint: Complaint | undefined,
): Remedy {
  const title = t('Decode the value of the secret {0} once more', nameOf(secret));
  return {
    kind: 'plan',
    title,
    plan: () =>
      Promise.resolve({
        title: t('{0} ({1})', title, patient.name),
        remarks: [t('The key is shown nowhere.')],
        steps: [
          decodeValueStep(patient.planHost, secret),
          ...afterwards(patient, group, group.first, secret.uuid, complaint),
        ],
      }),
  };
}

function lookAtXml(shape: ValueShape, { about }: LoginGroup): readonly Remedy[] {
  return shape === 'key' || shape === 'unknown'
    ? [{ kind: 'document', title: t('Look at the user in the XML'), on: about }]
    : [];
}
