import { t } from '../../../../base/l10n.ts';
import type { WantedPackages } from '../../../../operations/packages/distributions.ts';
import { saidBy, type Complaint } from '../../../complaint.ts';
import type { Failure } from '../../../failure.ts';
import type { Finding, Remedy } from '../../../finding.ts';
import type { ExaminedPool, Patient } from '../../../patient.ts';
import { poolSubject } from '../poolSubject.ts';
import { poolsNow } from '../poolsNow.ts';
import { typesWithoutBackend } from '../storageDaemon.ts';
import { packagesFor } from './backendPackages.ts';
import { installBackendPlan } from './installBackendPlan.ts';
import { page } from './page.ts';
import { stuckPoolPlan } from './stuckPoolPlan.ts';

const id = 'missing-storage-backend';
const pattern = /missing backend for pool type \d+ \(([\w-]+)\)/;

/** libvirt on a host has no backend for the type of a storage pool. */
export const missingStorageBackendFailure: Failure = {
  id,
  page,
  symptoms: [{ example: 'internal error: missing backend for pool type 9 (rbd)', pattern }],
  examineHost: examine,
  glance: {
    pool: ({ condition }) => {
      const said = condition?.kind === 'unknown' ? saidBy(condition.error) : '';
      const type = pattern.exec(said)?.[1];
      return type === undefined
        ? undefined
        : t('libvirt has no backend for {0} pools: the package with it is not installed.', type);
    },
  },
};

async function examine(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]> {
  const complained = complaint?.match[1];
  const lacking = await lackingTypes(patient, complained);
  const types = complained === undefined ? [...lacking] : lacking.has(complained) ? [complained] : [];
  if (types.length === 0) return [];
  const pools = await poolsNow(patient);
  const isClient = (patient.ward.clusters?.of(patient.session) ?? []).length > 0;
  const findings = await Promise.all(
    types.map(async (type) => {
      const affected = pools.filter(({ model }) => model.type === type);
      if (affected.length > 0) return poolFinding(patient, type, inOrder(affected, complaint), complaint);
      if (type === complained) return hostFinding(patient, type, 'error');
      return type === 'rbd' && isClient ? hostFinding(patient, type, 'warning') : undefined;
    }),
  );
  return findings.filter((one) => one !== undefined);
}

/** A daemon that does not tell what it has is believed when it complains. */
async function lackingTypes(patient: Patient, complained: string | undefined): Promise<ReadonlySet<string>> {
  const types = await patient.poolTypes();
  if (types.some(({ supported }) => supported !== undefined)) return typesWithoutBackend(patient);
  const conditions = [...patient.host.inventory.pools.entries.values()].flatMap(({ condition }) =>
    condition?.kind === 'unknown' ? (pattern.exec(saidBy(condition.error))?.[1] ?? []) : [],
  );
  return new Set([...conditions, ...(complained === undefined ? [] : [complained])]);
}

/** The one that somebody complains of comes first. */
function inOrder(pools: readonly ExaminedPool[], complaint?: Complaint): readonly ExaminedPool[] {
  const about = complaint?.about;
  const isFirst = ({ entry }: ExaminedPool): boolean =>
    about?.kind === 'pool' && entry.ref.uuid === about.uuid;
  return [...pools.filter(isFirst), ...pools.filter((one) => !isFirst(one))];
}

async function poolFinding(
  patient: Patient,
  type: string,
  pools: readonly ExaminedPool[],
  complaint?: Complaint,
): Promise<Finding | undefined> {
  const [first, ...others] = pools;
  if (!first) return undefined;
  const packages = await packagesFor(patient, type);
  const stuck = pools.filter(({ entry }) => entry.active);
  const { name } = first.entry.ref;
  return {
    failure: id,
    severity: 'error',
    about: poolSubject(patient, first.entry),
    others: others.map(({ entry }) => poolSubject(patient, entry)),
    title: t('libvirt on {0} has no backend for {1} pools, which {2} needs', patient.name, type, name),
    explanation: [
      ...why(type, packages),
      ...(stuck.length === 0
        ? []
        : [
            t(
              'libvirt takes these pools for active, from the time when it had the backend: {0}. Without it, they can be neither stopped nor undefined.',
              stuck.map(({ entry }) => entry.ref.name).join(', '),
            ),
          ]),
      t('Domains that use the storage go on: QEMU reaches it without libvirt’s backend.'),
    ],
    evidence: [
      ...capabilities(patient, type),
      ...pools.map(({ entry: { ref, active, autostart } }) =>
        [
          t('storage pool {0}', ref.name),
          active ? t('libvirt says active') : t('inactive'),
          autostart ? t('starts with the host') : t('does not start with the host'),
        ].join(', '),
      ),
      ...(complaint ? [complaint.match[0]] : []),
    ],
    remedies: [
      ...installRemedy(patient, type, packages, pools),
      ...stuck.map(({ entry }): Remedy => ({
        kind: 'plan',
        title: t('Make {0} a pool that can be undefined, without the backend', entry.ref.name),
        plan: (options) => stuckPoolPlan(patient, entry.ref, options),
      })),
      ...pools
        .filter(({ entry }) => !entry.active)
        .map(({ entry }): Remedy => ({
          kind: 'command',
          title: t('Undefine the storage pool {0}', entry.ref.name),
          command: 'libvirt.pool.undefine',
          on: poolSubject(patient, entry),
        })),
    ],
  };
}

async function hostFinding(patient: Patient, type: string, severity: 'error' | 'warning'): Promise<Finding> {
  const packages = await packagesFor(patient, type);
  return {
    failure: id,
    severity,
    about: { kind: 'host', host: patient.name },
    title:
      severity === 'error'
        ? t('libvirt on {0} has no backend for {1} pools', patient.name, type)
        : t('{0} is a client of Ceph, but its libvirt has no backend for {1} pools', patient.name, type),
    explanation: [
      ...why(type, packages),
      t('No storage pool of this type can be defined there until it has.'),
    ],
    evidence: capabilities(patient, type),
    remedies: installRemedy(patient, type, packages, []),
  };
}

function why(type: string, packages: WantedPackages | undefined): readonly string[] {
  return [
    packages
      ? t(
          'libvirt loads its storage backends from files, and the one for {0} is not there. On this distribution it is in a package of its own, {1}.',
          type,
          packages.names.join(', '),
        )
      : t(
          'libvirt loads its storage backends from files, and the one for {0} is not there. Which package of this distribution brings it is not known, or it comes with the daemon: then install that again.',
          type,
        ),
  ];
}

function capabilities({ name }: Patient, type: string): readonly string[] {
  return [t('virsh pool-capabilities on {0}: {1}', name, `<pool type='${type}' supported='no'>`)];
}

function installRemedy(
  patient: Patient,
  type: string,
  packages: WantedPackages | undefined,
  pools: readonly ExaminedPool[],
): readonly Remedy[] {
  if (!packages) return [];
  return [
    {
      kind: 'plan',
      title:
        pools.length === 0
          ? t('Install the backend')
          : t('Install the backend and start the pools that need it'),
      plan: (options) => installBackendPlan(patient, { type, packages, pools }, options),
    },
  ];
}
