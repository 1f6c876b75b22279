import { t } from '../../../../base/l10n.ts';
import { installStarterPlan, removeStarterPlan } from '../../../../operations/poolStarter/starterPlans.ts';
import { starterUnit } from '../../../../operations/poolStarter/starterFiles.ts';
import { readStarterState, type StarterState } from '../../../../operations/poolStarter/starterState.ts';
import type { Complaint } from '../../../complaint.ts';
import type { Failure } from '../../../failure.ts';
import type { Finding, Remedy } from '../../../finding.ts';
import type { ExaminedPool, Patient } from '../../../patient.ts';
import { stateOfLogin, type LoginState } from '../../reach/loginState.ts';
import { stateEvidence } from '../../reach/loginWords.ts';
import { loginsOfPools } from '../checkLogins.ts';
import { poolSubject } from '../poolSubject.ts';
import { poolsNow } from '../poolsNow.ts';
import { isTakenUpAgain, typesWithoutBackend } from '../storageDaemon.ts';
import { unreadableImagesOf } from '../unreadableImage/unreadableImages.ts';
import { autostartFailure, readAutostartFacts, wasRestarted, type AutostartFacts } from './autostartFacts.ts';
import { page } from './page.ts';
import { startPoolsPlan } from './startPoolsPlan.ts';

const id = 'pool-inactive-after-boot';

/** A pool that is to start with the host, and is not active. */
export const poolInactiveAfterBootFailure: Failure = {
  id,
  page,
  symptoms: [
    {
      example: "Requested operation is not valid: storage pool 'vms' is not active",
      pattern: /storage pool '([^\n]+)' is not active/,
    },
    {
      example:
        "internal error: Failed to autostart storage pool 'vms': failed to connect to the RADOS monitor on: 10.0.0.1:6789,: No such file or directory",
      pattern: autostartFailure,
    },
  ],
  examineHost: examine,
  glance: {
    pool: ({ active, autostart, condition }) =>
      autostart && !active && condition?.kind !== 'unknown'
        ? t(
            'It should start with the host, but is not active. libvirt tries only once after a boot, and takes up no RBD pool again when its daemon is restarted.',
          )
        : undefined,
  },
};

/** An inactive pool, and what Ceph says to its login; undefined: it is on something else. */
interface InactivePool {
  readonly pool: ExaminedPool;
  readonly login: LoginState | undefined;
  readonly evidence: readonly string[];
}

async function examine(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const [lacking, pools, starter] = await Promise.all([
    typesWithoutBackend(patient),
    poolsNow(patient),
    patient.once('pool starter', () => readStarterState(patient.host.transport, patient.wait)),
  ]);
  const inactive = pools.filter(
    ({ entry, model }) => !entry.active && entry.persistent && !lacking.has(model.type),
  );
  const named = complaint?.match[1];
  const concerned = inactive.filter(({ entry }) =>
    named === undefined ? entry.autostart : entry.ref.name === named,
  );
  if (concerned.length === 0) return complaint ? [] : installed(patient, starter);
  const facts = await patient.once('autostart', () =>
    readAutostartFacts(patient.host.transport, patient.wait),
  );
  const looked = (await Promise.all(concerned.map((pool) => lookAt(patient, pool)))).filter(
    (one) => one !== undefined,
  );
  const startable = looked.filter(isStartable).map(({ pool }) => pool);
  const findings = looked.map((one) => findingOf(patient, one, { facts, starter, startable }));
  return complaint ? findings : [...findings, ...installed(patient, starter)];
}

/** undefined: an image stops it, which another failure tells. */
async function lookAt(patient: Patient, pool: ExaminedPool): Promise<InactivePool | undefined> {
  const [login] = await loginsOfPools(patient, [pool]);
  if (!login) return { pool, login: undefined, evidence: [] };
  const state = await stateOfLogin(patient, login);
  if (state.kind === 'fine') {
    const images = await unreadableImagesOf(patient, pool).catch(() => []);
    if (images.some(({ kind }) => kind !== 'header-gone')) return undefined;
  }
  return { pool, login: state, evidence: stateEvidence(login, state) };
}

function isStartable({ login }: InactivePool): boolean {
  return login === undefined || login.kind === 'fine' || login.kind === 'not-tried';
}

interface Circumstances {
  readonly facts: AutostartFacts;
  readonly starter: StarterState;
  /** All that can be started now. */
  readonly startable: readonly ExaminedPool[];
}

function findingOf(
  patient: Patient,
  inactive: InactivePool,
  { facts, starter, startable }: Circumstances,
): Finding {
  const { pool, login, evidence } = inactive;
  const { entry, model } = pool;
  const { name } = entry.ref;
  const { daemonSince, autostartedAt } = facts;
  const canStart = isStartable(inactive);
  return {
    failure: id,
    severity: 'error',
    about: poolSubject(patient, entry),
    title: entry.autostart
      ? t('The storage pool {0} should have started with {1}, but is not active', name, patient.name)
      : t('The storage pool {0} on {1} is not active', name, patient.name),
    explanation: [
      whyInactive(pool, facts, patient.name),
      ...(entry.autostart ? [] : [t('It is not set to start with the host.')]),
      ...(canStart
        ? []
        : [t('It cannot be started now: what it is on does not let it in, or does not answer.')]),
      t(
        'Domains that run, and those that name the images themselves, do without the pool. Its volumes can be neither listed nor made.',
      ),
    ],
    evidence: [
      t('storage pool {0}, {1}: inactive', name, model.type),
      ...(daemonSince ? [t('libvirt’s daemon runs since {0}', daemonSince.text)] : []),
      ...(autostartedAt ? [t('libvirt started pools by itself at {0}', autostartedAt.text)] : []),
      ...[facts.failures.get(name) ?? []].flat(),
      ...evidence,
    ],
    remedies: [
      ...(canStart ? [startRemedy(patient, [pool])] : []),
      ...(canStart && startable.length > 1 ? [startRemedy(patient, startable)] : []),
      ...(entry.autostart && mayComeBack(login) ? installRemedy(patient, starter) : []),
    ],
  };
}

/** A pool that Ceph refuses is not helped by waiting. */
function mayComeBack(login: LoginState | undefined): boolean {
  return (
    login === undefined ||
    login.kind === 'fine' ||
    login.kind === 'not-tried' ||
    login.kind === 'silent' ||
    login.kind === 'stalled'
  );
}

function whyInactive({ entry, model }: ExaminedPool, facts: AutostartFacts, host: string): string {
  const failure = facts.failures.get(entry.ref.name);
  if (wasRestarted(facts) && !isTakenUpAgain(model.type))
    return t(
      'libvirt’s daemon on {0} was restarted after the boot. It does not take up a pool of the type {1} again, and starts pools by itself only once after a boot.',
      host,
      model.type,
    );
  if (failure !== undefined)
    return t(
      'When libvirt started, it tried and failed, most likely because the storage was not there yet. It does not try again.',
    );
  return t(
    'libvirt starts pools by itself once after a boot. Then the storage did not answer, or the pool was stopped later: by somebody, or because its volumes could not be listed.',
  );
}

function startRemedy(patient: Patient, pools: readonly ExaminedPool[]): Remedy {
  const [first] = pools;
  return {
    kind: 'plan',
    title:
      pools.length === 1
        ? t('Start the storage pool {0} now', first?.entry.ref.name ?? '')
        : t('Start all {0} of them now', pools.length),
    plan: (options) => startPoolsPlan(patient, pools, options),
  };
}

function installRemedy({ planHost, name }: Patient, starter: StarterState): readonly Remedy[] {
  if (!starter.canHave || starter.isWhole) return [];
  return [
    {
      kind: 'plan',
      title: t('Have {0} start its pools when their storage answers, from now on', name),
      plan: (options) => installStarterPlan(planHost, options),
    },
  ];
}

/** One should know what was installed on a host, and how to be rid of it. */
function installed({ planHost, name }: Patient, { isThere, isWhole }: StarterState): readonly Finding[] {
  if (!isThere) return [];
  return [
    {
      failure: id,
      severity: isWhole ? 'information' : 'warning',
      about: { kind: 'host', host: name },
      title: isWhole
        ? t('{0} starts its storage pools by a unit that was installed for that', name)
        : t('The unit that starts the storage pools of {0} is not enabled, or not as it was written', name),
      explanation: [
        t('{0} waits after every start of libvirt until the servers of the pools answer.', starterUnit),
      ],
      evidence: [],
      remedies: [
        ...(isWhole
          ? []
          : [
              {
                kind: 'plan' as const,
                title: t('Install it again'),
                plan: (options: Parameters<typeof installStarterPlan>[1]) =>
                  installStarterPlan(planHost, options),
              },
            ]),
        {
          kind: 'plan',
          title: t('Remove the unit'),
          plan: (options) => removeStarterPlan(planHost, options),
        },
      ],
    },
  ];
}
