import { t } from '../../../base/l10n.ts';
import type { SecretRef } from '../../../libvirt/protocol/refs.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { stateOfLogin } from '../reach/loginState.ts';
import { stateEvidence } from '../reach/loginWords.ts';
import { groupInWords, groupLogins, rbdLoginsOf, type LoginGroup } from '../reach/rbdLogins.ts';
import { secretRemedies } from './secretSources.ts';
import { nameOf, setValueRemedy } from './secretWords.ts';

/** A secret that is defined, and has no value. */
export const secretWithoutValueFailure: Failure = {
  id: 'secret-without-value',
  page: () => ({
    title: t('A secret has no value'),
    summary: t('A storage pool or a domain does not start: “secret … does not have a value”.'),
    why: [
      t(
        'A secret is made in two steps: it is defined, and its value is set. Without the second one it is as good as none. Defining a secret again keeps its value.',
      ),
    ],
    looks: [t('For each storage pool and disk on Ceph, libvirt is asked whether its secret has a value.')],
    cures: [
      t(
        'The secret is given the value that it has on another host, or the key that Ceph has for the user. Then the login is tried.',
      ),
      t('Or the value is set from a keyring.'),
    ],
    byHand: ['ceph auth get-key client.USER | virsh secret-set-value UUID --file /dev/stdin'],
    links: [
      { title: 'libvirt: Secret XML format', url: 'https://libvirt.org/formatsecret.html#usage-type-ceph' },
    ],
  }),
  symptoms: [
    {
      example: "Secret not found: secret '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60' does not have a value",
      pattern: /secret '[^']+' does not have a value/,
    },
  ],
  examineHost,
};

async function examineHost(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const logins = await rbdLoginsOf(patient, complaint);
  const states = await Promise.all(
    logins.map(async (login) => ({ login, state: await stateOfLogin(patient, login) })),
  );
  const empty = states.flatMap(({ login, state }) =>
    state.kind === 'secret-without-value' ? [{ login, secret: state.secret }] : [],
  );
  const groups = groupLogins(
    empty.map(({ login }) => login),
    (login) => empty.find((one) => one.login === login)?.secret.uuid ?? '',
  );
  return Promise.all(
    groups.flatMap((group) => {
      const secret = empty.find(({ login }) => login === group.first)?.secret;
      return secret ? [findingOf(patient, group, secret, complaint)] : [];
    }),
  );
}

async function findingOf(
  patient: Patient,
  group: LoginGroup,
  secret: SecretRef,
  complaint: Complaint | undefined,
): Promise<Finding> {
  const { first } = group;
  return {
    failure: secretWithoutValueFailure.id,
    severity: 'error',
    about: group.about,
    others: [
      ...group.others,
      { kind: 'secret', host: patient.name, name: nameOf(secret), uuid: secret.uuid },
    ],
    title: t(
      'The secret {0} on {1} has no value, and {2} logs in with it.',
      nameOf(secret),
      patient.name,
      first.name,
    ),
    explanation: [
      t('Without it there is no key to log in to Ceph with as client.{0}.', first.auth?.username ?? ''),
    ],
    evidence: [
      ...stateEvidence(first, { kind: 'secret-without-value', secret }),
      t('Concerned: {0}', groupInWords(group)),
    ],
    remedies: [...(await secretRemedies(patient, group, secret, complaint)), setValueRemedy(patient, secret)],
  };
}
