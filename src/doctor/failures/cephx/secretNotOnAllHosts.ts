import { t } from '../../../base/l10n.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { livePlanHost } from '../../../hosts/livePlanHost.ts';
import type { SecretRef } from '../../../libvirt/protocol/refs.ts';
import type { Plan } from '../../../operations/plan/plan.ts';
import { compareSecret, compareSecretValues } from '../../../operations/secrets/compareSecrets.ts';
import { checkSecretCopyStep, copySecretStep } from '../../../operations/secrets/copySecretStep.ts';
import { findSecretByUsage } from '../../../operations/secrets/defineSecret.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { reasonOf, secretOfLogin, stateOfLogin } from '../reach/loginState.ts';
import { groupInWords, groupLogins, rbdLoginsOf, type LoginGroup } from '../reach/rbdLogins.ts';
import { nameOf } from './secretWords.ts';

/** Domains name a secret that another host of the same cluster has not, or with another value: they cannot move there. */
export const secretNotOnAllHostsFailure: Failure = {
  id: 'secret-not-on-all-hosts',
  page: () => ({
    title: t('A secret is not on all hosts of a cluster'),
    summary: t(
      'Domains cannot be migrated, or do not start on the other host: it lacks the secret that they name, or has another value.',
    ),
    why: [
      t(
        'A domain takes its definition along when it is migrated, but not its secret: the other host must have one with the same UUID (or the same usage, where that is named) and the same value. When a host is set up anew, the secret is often defined without a UUID, and gets another one.',
      ),
    ],
    looks: [
      t(
        'For each secret that disks of domains name and that logs in to Ceph: whether the other connected hosts of the same Ceph cluster have it, and whether the values are the same. They are compared in memory and not shown.',
      ),
    ],
    cures: [
      t(
        'The secret is copied to the hosts that lack it, with its UUID and value. Undone, they are as they were.',
      ),
    ],
    byHand: [
      'virsh secret-dumpxml UUID >secret.xml   # on the host that has it',
      'virsh secret-define secret.xml          # on the other',
      'ceph auth get-key client.USER | virsh secret-set-value UUID --file /dev/stdin',
    ],
    links: [
      { title: 'libvirt: Secret XML format', url: 'https://libvirt.org/formatsecret.html#usage-type-ceph' },
      { title: 'libvirt: Guest migration', url: 'https://libvirt.org/migration.html' },
    ],
    limits: t('The migration itself was not part of the test.'),
  }),
  symptoms: [
    {
      example: "Secret not found: no secret with matching uuid '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60'",
      pattern: /no secret with matching (?:uuid|usage) '/,
    },
  ],
  examineHost,
};

/** How another host stands to the secret. */
interface Lacking {
  readonly session: HostSession;
  readonly how: 'absent' | 'no-value' | 'different' | 'other-use';
}

async function examineHost(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const others = hostsOfSameClusters(patient);
  if (others.length === 0) return [];
  const disks = (await rbdLoginsOf(patient, complaint)).filter(
    ({ owner, auth }) => owner.kind === 'disk' && auth,
  );
  const groups = groupLogins(disks, ({ auth }) => JSON.stringify(auth?.secret));
  const found = await Promise.all(groups.map((group) => examine(patient, group, others)));
  return found.flat();
}

function hostsOfSameClusters({ session, ward }: Patient): readonly HostSession[] {
  const own = ward.clusters?.of(session) ?? [];
  return ward.sessions.filter(
    (other) =>
      other !== session &&
      other.connected !== undefined &&
      own.some((cluster) => cluster.clients.includes(other)),
  );
}

async function examine(
  patient: Patient,
  group: LoginGroup,
  others: readonly HostSession[],
): Promise<readonly Finding[]> {
  const state = await stateOfLogin(patient, group.first);
  const host = { ...patient.host, name: patient.name };
  const secret = await secretOfLogin(host, group.first, patient.wait);
  // A value that is wrong here is not to be spread.
  if (!secret || state.kind !== 'fine') return [];
  const compared = await Promise.all(others.map((other) => compare(patient, group, secret, other)));
  const lacking = compared.flat();
  return lacking.length === 0 ? [] : [findingOf(patient, group, secret, lacking)];
}

async function compare(
  { host, name, wait }: Patient,
  { first }: LoginGroup,
  secret: SecretRef,
  session: HostSession,
): Promise<readonly Lacking[]> {
  const here = { ...host, name };
  try {
    const there = { ...session.require(), name: session.name };
    const usage = first.auth?.secret.uuid === undefined ? first.auth?.secret.usage : undefined;
    if (usage !== undefined) {
      const other = await findSecretByUsage(there, { type: 'ceph', id: usage }, wait);
      if (!other) return [{ session, how: 'absent' }];
      return ofValues(session, await compareSecretValues(secret, here, other, there, wait));
    }
    const found = await compareSecret(secret, here, there, wait);
    if (found.kind === 'same-use') return ofValues(session, found.values);
    return [{ session, how: found.kind }];
  } catch (error) {
    // What a host does not tell is no finding.
    reasonOf(error);
    return [];
  }
}

function ofValues(
  session: HostSession,
  values: Awaited<ReturnType<typeof compareSecretValues>>,
): readonly Lacking[] {
  if (values === 'there-missing') return [{ session, how: 'no-value' }];
  return values === 'different' ? [{ session, how: 'different' }] : [];
}

function findingOf(
  patient: Patient,
  group: LoginGroup,
  secret: SecretRef,
  lacking: readonly Lacking[],
): Finding {
  const names = lacking.map(({ session }) => session.name).join(', ');
  const curable = lacking.filter(({ how }) => how !== 'other-use');
  return {
    failure: secretNotOnAllHostsFailure.id,
    severity: 'warning',
    about: group.about,
    others: [
      ...group.others,
      { kind: 'secret', host: patient.name, name: nameOf(secret), uuid: secret.uuid },
    ],
    title: t('The secret {0} of {1} is not the same on {2}.', nameOf(secret), patient.name, names),
    explanation: [
      t(
        'Domains of {0} log in to Ceph with it. On these hosts they would not start, and a migration there fails.',
        patient.name,
      ),
    ],
    evidence: [...lacking.map(inWords), t('Concerned: {0}', groupInWords(group))],
    remedies:
      curable.length === 0
        ? []
        : [
            {
              kind: 'plan',
              title: t('Copy the secret to {0}', curable.map(({ session }) => session.name).join(', ')),
              plan: (options) => copyPlan(patient, secret, curable, options),
            },
          ],
  };
}

function inWords({ session: { name }, how }: Lacking): string {
  switch (how) {
    case 'absent':
      return t('{0} has no such secret.', name);
    case 'no-value':
      return t('On {0} it has no value.', name);
    case 'different':
      return t('On {0} it has another value.', name);
    case 'other-use':
      return t('On {0} a secret for something else has its UUID.', name);
  }
}

async function copyPlan(
  { planHost: from }: Patient,
  secret: SecretRef,
  lacking: readonly Lacking[],
  options: Parameters<typeof copySecretStep>[1],
): Promise<Plan> {
  const copies = lacking.map(({ session }) => ({ secret, from, to: livePlanHost(session) }));
  return {
    title: t('Copy the secret {0} of {1} to other hosts', nameOf(secret), from.name),
    remarks: [t('The key is shown nowhere.')],
    steps: [
      ...(await Promise.all(copies.map((copy) => copySecretStep(copy, options)))),
      ...copies.map(checkSecretCopyStep),
    ],
  };
}
