import { randomUUID } from 'node:crypto';
import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import { livePlanHost } from '../../../hosts/livePlanHost.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import type { SecretRef } from '../../../libvirt/protocol/refs.ts';
import { defineSecretStep, setKeyStep } from '../../../operations/connectPool/secretSteps.ts';
import type { PlanCluster } from '../../../operations/connectPool/poolConnection.ts';
import { secretUsageOf } from '../../../operations/cephUsers/userName.ts';
import { readSecretValue } from '../../../operations/secrets/compareSecrets.ts';
import { findSecretByUsage } from '../../../operations/secrets/defineSecret.ts';
import { copySecretStep } from '../../../operations/secrets/copySecretStep.ts';
import type { PlanStep } from '../../../operations/plan/plan.ts';
import type { Complaint } from '../../complaint.ts';
import type { Remedy } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { reasonOf, secretOfLogin } from '../reach/loginState.ts';
import type { LoginGroup, RbdLogin } from '../reach/rbdLogins.ts';
import { afterwards } from './afterwards.ts';
import { userInCeph } from './cephSide.ts';

/** Another host that has the secret of a login, with a value that can be read. */
export interface SecretSource {
  readonly session: HostSession;
  readonly secret: SecretRef;
}

/** @returns those that have it; a host that does not tell is none */
export async function hostsWithSecret(patient: Patient, login: RbdLogin): Promise<readonly SecretSource[]> {
  const others = patient.ward.sessions.filter((session) => session !== patient.session && session.connected);
  const found = await Promise.all(
    others.map(async (session) => {
      try {
        const host = { ...session.require(), name: session.name };
        const secret = await secretOfLogin(host, login, patient.wait);
        const value = secret && (await readSecretValue(host, secret, patient.wait));
        if (!secret || value?.kind !== 'set') return [];
        value.bytes.fill(0);
        return [{ session, secret }];
      } catch (error) {
        reasonOf(error);
        return [];
      }
    }),
  );
  return found.flat();
}

/**
 * How a host comes to the secret of a login, with its value: from another host that has it, or from Ceph.
 * @param existing the secret where the host has it, without a value
 */
export async function secretRemedies(
  patient: Patient,
  group: LoginGroup,
  existing: SecretRef | undefined,
  complaint: Complaint | undefined,
): Promise<readonly Remedy[]> {
  const { first } = group;
  const user = first.auth?.username ?? '';
  const [sources, seen] = await Promise.all([hostsWithSecret(patient, first), userInCeph(patient, first)]);
  const [source] = sources;
  return [
    ...(source
      ? [
          remedyOf(
            patient,
            group,
            complaint,
            t('Copy the secret from {0}', source.session.name),
            source.secret.uuid,
            async (options) => [await copyStep(patient, source, options)],
          ),
        ]
      : []),
    ...(seen.kind === 'known'
      ? [
          remedyOf(
            patient,
            group,
            complaint,
            existing
              ? t('Give the secret the key of client.{0}', user)
              : t('Define the secret with the key of client.{0}', user),
            secretFor(first, existing).uuid,
            (options) => stepsFromCeph(patient, first, existing, seen.cluster, options),
          ),
        ]
      : []),
  ];
}

function remedyOf(
  patient: Patient,
  group: LoginGroup,
  complaint: Complaint | undefined,
  title: string,
  uuid: string | undefined,
  steps: (options: WaitOptions) => Promise<readonly PlanStep[]>,
): Remedy {
  return {
    kind: 'plan',
    title,
    plan: async (options) => ({
      title: t('{0} ({1})', title, patient.name),
      remarks: [t('The key is shown nowhere.')],
      steps: [...(await steps(options)), ...afterwards(patient, group, group.first, uuid, complaint)],
    }),
  };
}

function copyStep(
  { planHost }: Patient,
  { session, secret }: SecretSource,
  options: WaitOptions,
): Promise<PlanStep> {
  return copySecretStep({ secret, from: livePlanHost(session), to: planHost }, options);
}

/** The secret as the login names it. */
function secretFor(
  { auth }: RbdLogin,
  existing: SecretRef | undefined,
): { readonly uuid: string | undefined; readonly usage: string } {
  const { username = '', secret } = auth ?? {};
  const usage = secret?.usage ?? secretUsageOf(`client.${username}`);
  return existing ? { uuid: existing.uuid, usage: existing.usageId } : { uuid: secret?.uuid, usage };
}

async function stepsFromCeph(
  { planHost: host }: Patient,
  login: RbdLogin,
  existing: SecretRef | undefined,
  cluster: PlanCluster,
  options: WaitOptions,
): Promise<readonly PlanStep[]> {
  const { uuid = randomUUID(), usage: wanted } = secretFor(login, existing);
  const user = login.auth?.username ?? '';
  const taken = existing ? undefined : await findSecretByUsage(host, { type: 'ceph', id: wanted }, options);
  const usage = taken ? `${wanted} ${uuid}` : wanted;
  const use = { host, secret: { uuid, usage }, cluster, user, mayAskKeys: true, wasUsed: true };
  return [...(existing ? [] : [defineSecretStep(use)]), setKeyStep(use)];
}
