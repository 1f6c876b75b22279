import { t } from '../../../base/l10n.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { stateOfLogin } from '../reach/loginState.ts';
import { stateEvidence } from '../reach/loginWords.ts';
import { groupInWords, groupLogins, rbdLoginsOf, type LoginGroup } from '../reach/rbdLogins.ts';
import { secretRemedies } from './secretSources.ts';

/** A pool or disk names a secret that its host does not have. */
export const secretMissingFailure: Failure = {
  id: 'secret-missing',
  page: () => ({
    title: t('A secret is not on the host'),
    summary: t('A storage pool or a domain does not start: “no secret with matching uuid”.'),
    why: [
      t(
        'The key of a Ceph user is in a secret of libvirt, which each host has for itself: definitions that come from another host, or a host that was set up anew, name a secret that is not there. A secret that was defined as ephemeral is gone when libvirt restarts.',
      ),
    ],
    looks: [
      t('For each storage pool and disk on Ceph, libvirt is asked for the secret that it names.'),
      t('Other connected hosts are asked whether they have it, and Ceph whether it knows the user.'),
    ],
    cures: [
      t(
        'The secret is copied from a host that has it, with its value; or defined with the UUID that is named, and given the key that Ceph has for the user. Then the login is tried.',
      ),
    ],
    byHand: [
      'virsh secret-list',
      'virsh secret-define SECRET.xml   # with the <uuid> that is named',
      'ceph auth get-key client.USER | virsh secret-set-value UUID --file /dev/stdin',
    ],
    links: [
      { title: 'libvirt: Secret XML format', url: 'https://libvirt.org/formatsecret.html#usage-type-ceph' },
      { title: 'Ceph: Using libvirt with Ceph RBD', url: 'https://docs.ceph.com/en/latest/rbd/libvirt/' },
    ],
  }),
  symptoms: [
    {
      example: "Secret not found: no secret with matching uuid '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60'",
      pattern: /no secret with matching (?:uuid|usage) '/,
    },
    {
      example: 'Secret not found: rbd no secret matches uuid 3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60',
      pattern: /no secret matches (?:uuid|usage)/,
    },
  ],
  examineHost,
};

async function examineHost(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const logins = await rbdLoginsOf(patient, complaint);
  const states = await Promise.all(
    logins.map(async (login) => ({ login, state: await stateOfLogin(patient, login) })),
  );
  const groups = groupLogins(
    states.flatMap(({ login, state }) => (state.kind === 'secret-missing' ? login : [])),
    ({ auth }) => JSON.stringify(auth),
  );
  return Promise.all(groups.map((group) => findingOf(patient, group, complaint)));
}

async function findingOf(
  patient: Patient,
  group: LoginGroup,
  complaint: Complaint | undefined,
): Promise<Finding> {
  const { first } = group;
  const { uuid, usage } = first.auth?.secret ?? {};
  const shown = uuid ?? `“${usage ?? ''}”`;
  const remedies = await secretRemedies(patient, group, undefined, complaint);
  return {
    failure: secretMissingFailure.id,
    severity: 'error',
    about: group.about,
    others: group.others,
    title: t('{0} has no secret {1}, which {2} names.', patient.name, shown, first.name),
    explanation: [
      t('Without it there is no key to log in to Ceph with as client.{0}.', first.auth?.username ?? ''),
      ...(remedies.length > 0
        ? []
        : [
            t(
              'No connected host has it, or may ask Ceph for the key. Connect one that has, or define the secret with this UUID and set its value from a keyring.',
            ),
          ]),
    ],
    evidence: [...stateEvidence(first, { kind: 'secret-missing' }), t('Concerned: {0}', groupInWords(group))],
    remedies: [
      ...remedies,
      { kind: 'document', title: t('Name another secret in the XML'), on: group.about },
    ],
  };
}
