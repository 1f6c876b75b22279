import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { Plan, PlanStep } from '../../../operations/plan/plan.ts';
import { virshCommand, type PlanHost } from '../../../operations/plan/planHost.ts';
import { restartPoolStep } from '../../../operations/pools/startPoolStep.ts';
import { parsePool } from '../../../libvirt/model/storagePool.ts';
import type { SourceAuth } from '../../../libvirt/model/storageSource.ts';
import type { PoolRef } from '../../../libvirt/protocol/refs.ts';
import { getPoolXml } from '../../../libvirt/storagePools.ts';
import { Problem } from '../../../base/errors.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import type { Finding } from '../../finding.ts';
import type { Patient } from '../../patient.ts';
import { checkLoginStep } from '../reach/checkLoginStep.ts';
import { secretOfLogin } from '../reach/loginState.ts';
import { rbdLoginsOf, type RbdLogin } from '../reach/rbdLogins.ts';
import { setAuthStep } from './authSteps.ts';

/** A pool that names its secret by usage: virt-install and virt-manager lose it. */
export const poolSecretByUsageFailure: Failure = {
  id: 'pool-secret-by-usage',
  page: () => ({
    title: t('virt-install loses the secret of a storage pool'),
    summary: t(
      'virt-install fails with “missing secret uuid or usage attribute” for a disk in a pool that names its secret by usage.',
    ),
    why: [
      t(
        'virt-install, virt-clone and virt-manager copy the login of a storage pool to the disk, but only the UUID of its secret. Where the pool names the secret by usage, the disk gets a <secret> that refers to nothing, and libvirt refuses it.',
      ),
      t('With libvirt itself both ways work alike. By usage, hosts may have different UUIDs.'),
    ],
    looks: [t('Storage pools on Ceph that name their secret by usage.')],
    cures: [
      t(
        'The pool names the same secret by its UUID instead, and is restarted if it is active: what virt-install reads is the definition that it runs with. Domains do not notice.',
      ),
    ],
    byHand: [
      'virsh secret-list',
      "virsh pool-edit POOL   # <secret uuid='UUID'/> in place of <secret usage='NAME'/>",
    ],
    links: [
      {
        title: 'libvirt: Storage pool XML format',
        url: 'https://libvirt.org/formatstorage.html#source-elements',
      },
    ],
    limits: t('What virt-install writes was taken from its version 4.1.0.'),
  }),
  symptoms: [
    {
      example: 'XML error: missing secret uuid or usage attribute',
      pattern: /missing secret uuid or usage attribute/,
    },
  ],
  examineHost,
};

async function examineHost(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const logins = await rbdLoginsOf(patient, complaint);
  const host = { ...patient.host, name: patient.name };
  const found = await Promise.all(
    logins.map(async (login) => {
      const { owner, auth } = login;
      const usage = auth?.secret.uuid === undefined ? auth?.secret.usage : undefined;
      if (owner.kind !== 'pool' || auth === undefined || usage === undefined) return [];
      const secret = await secretOfLogin(host, login, patient.wait);
      if (!secret) return [];
      const byUuid = { ...auth, secret: { uuid: secret.uuid, usage: undefined } };
      return [findingOf(patient, login, byUuid, usage, complaint !== undefined)];
    }),
  );
  return found.flat();
}

function findingOf(
  patient: Patient,
  login: RbdLogin,
  auth: SourceAuth,
  usage: string,
  isComplaint: boolean,
): Finding {
  const { name } = login.about;
  return {
    failure: poolSecretByUsageFailure.id,
    severity: isComplaint ? 'warning' : 'information',
    about: login.about,
    title: t(
      'The storage pool {0} on {1} names its secret by usage, which virt-install does not take over.',
      name,
      patient.name,
    ),
    explanation: [
      t(
        'libvirt itself is content. virt-install, virt-clone and virt-manager leave the secret out of disks in this pool, and libvirt refuses those.',
      ),
    ],
    evidence: [`<secret usage='${usage}'/>`, `UUID ${auth.secret.uuid ?? ''}`],
    remedies: [
      {
        kind: 'plan',
        title: t('Name the secret by its UUID'),
        plan: (options) => byUuidPlan(patient.planHost, login, auth, options),
      },
    ],
  };
}

async function byUuidPlan(
  host: PlanHost,
  login: RbdLogin,
  auth: SourceAuth,
  options: WaitOptions,
): Promise<Plan> {
  const { name, uuid } = login.about;
  const pool = { name, uuid };
  return {
    title: t('Let the storage pool {0} on {1} name its secret by UUID', name, host.name),
    remarks: [t('Domains that run do not notice that the pool is restarted.')],
    steps: [
      await setAuthStep(host, login, auth, options),
      checkLoginStep(host, { ...login, auth }, auth.secret.uuid),
      ...(login.isActive ? [restartPoolStep(host, pool)] : []),
      checkStep(host, pool, auth),
    ],
  };
}

function checkStep(host: PlanHost, pool: PoolRef, auth: SourceAuth): PlanStep {
  return {
    title: t('Check the definition of {0}', pool.name),
    host: host.shell,
    commands: [virshCommand(host, ['pool-dumpxml', pool.name])],
    run: async (options) => {
      const xml = await getPoolXml(host.connection, pool, options);
      if ((await parsePool(xml)).auth?.secret.uuid !== auth.secret.uuid)
        throw new DefinitionProblem(pool.name);
    },
  };
}

class DefinitionProblem extends Problem {
  readonly code = 'as-before';

  constructor(pool: string) {
    super(t('The definition of {0} is as it was.', pool));
  }
}
