import { TimeoutError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { listCephPools, type CephPool } from '../../ceph/cephPools.ts';
import {
  applicationWords,
  createCephPool,
  deleteCephPool,
  deletePoolWords,
  enablePoolApplication,
  initRbdArguments,
  initRbdPool,
  newPoolWords,
  setPoolVariable,
  setPoolWords,
  type NewCephPool,
  type PoolVariable,
} from '../../ceph/changeCephPool.ts';
import { listCrushRules, removeCrushRule } from '../../ceph/crushRules.ts';
import {
  createErasureProfile,
  listErasureProfiles,
  newProfileWords,
  removeErasureProfile,
  type ErasureProfile,
} from '../../ceph/erasureProfiles.ts';
import { listRbdImages } from '../../ceph/rbd.ts';
import { cephArgv } from '../plan/cephShell.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import type { ShellCommand, ShellHost } from '../plan/shell.ts';
import { CephPoolProblem, explainedFor } from './cephPoolProblem.ts';
import { untilActive } from './untilActive.ts';

export type NewErasureProfile = Omit<ErasureProfile, 'plugin'>;

/** What a new pool for RBD images shall be. */
export interface PoolOrder {
  readonly name: string;
  readonly data:
    | { readonly type: 'replicated'; readonly size: number; readonly crushRule: string }
    /** Of an existing profile, or of one that is made first. */
    | { readonly type: 'erasure'; readonly profile: string | NewErasureProfile };
  readonly placementGroups: number;
  readonly autoscale: CephPool['autoscale'];
  /** The autoscaler gives it many groups from the start. */
  readonly isBulk: boolean;
}

/** Where the commands are run. */
export interface PoolSite {
  readonly client: CephClient;
  readonly shell: ShellHost;
}

/** Making a pool may wait for its placement groups. */
const timeoutMs = 120_000;
/** What reads of a pool whose groups are not active never ends. */
const readMs = 15_000;

/** The steps that make the pool and prepare it for RBD; each is taken back when a later one fails. */
export function planNewPool(site: PoolSite, order: PoolOrder): Plan {
  const { data, name } = order;
  return {
    title: t('Create the Ceph pool {0}', name),
    remarks:
      data.type === 'erasure'
        ? [
            t(
              'An erasure-coded pool holds the data of RBD images; their headers are in a replicated pool. Make images there with the data pool {0}.',
              name,
            ),
          ]
        : [],
    steps: [
      ...(data.type === 'erasure' && typeof data.profile !== 'string'
        ? [profileStep(site, data.profile)]
        : []),
      createStep(site, order),
      ...(data.type === 'erasure'
        ? [setStep(site, name, 'allow_ec_overwrites', true, t('Let parts of objects be overwritten'))]
        : []),
      ...(data.type === 'replicated' && data.size === 1
        ? [setStep(site, name, 'size', 1, t('Keep a single copy of everything'))]
        : []),
      ...(order.isBulk ? [setStep(site, name, 'bulk', true, t('Expect most of the data here'))] : []),
      setStep(
        site,
        name,
        'pg_autoscale_mode',
        order.autoscale,
        t('Switch autoscaling: {0}', order.autoscale),
      ),
      rbdStep(site, order),
    ],
  };
}

function ceph({ client }: PoolSite, words: readonly string[]): ShellCommand {
  return { argv: cephArgv(client.access, 'ceph', words) };
}

function profileStep(site: PoolSite, profile: NewErasureProfile): PlanStep {
  const { client, shell } = site;
  return {
    title: t('Make the erasure code profile {0}', profile.name),
    host: shell,
    commands: [ceph(site, newProfileWords(profile))],
    isDone: async (options) =>
      (await listErasureProfiles(client, options)).some(
        ({ name, chunks, failureDomain }) =>
          name === profile.name &&
          chunks.data === profile.chunks.data &&
          chunks.coding === profile.chunks.coding &&
          failureDomain === profile.failureDomain,
      ),
    run: (options) => createErasureProfile(client, profile, options),
    undo: {
      title: t('Remove the erasure code profile {0}', profile.name),
      commands: [ceph(site, ['osd', 'erasure-code-profile', 'rm', profile.name])],
      run: (options) => removeErasureProfile(client, profile.name, options),
    },
  };
}

function createStep(site: PoolSite, order: PoolOrder): PlanStep {
  const { client, shell } = site;
  const { name } = order;
  const pool = newPoolOf(order);
  return {
    title: t('Create the Ceph pool {0}', name),
    host: shell,
    commands: [ceph(site, newPoolWords(pool))],
    isDone: async (options) => (await listCephPools(client, options)).some((other) => other.name === name),
    run: (options) => explainedFor(name, () => createCephPool(client, pool, { ...options, timeoutMs })),
    undo: {
      title: t('Delete the Ceph pool {0}, if no image is in it', name),
      commands: [
        ceph(site, deletePoolWords(name)),
        ...(order.data.type === 'erasure' ? [ceph(site, ['osd', 'crush', 'rule', 'rm', name])] : []),
      ],
      run: (options) => deleteEmptyPool(client, name, { ...options, timeoutMs }),
    },
  };
}

function newPoolOf({ name, placementGroups, data }: PoolOrder): NewCephPool {
  if (data.type === 'replicated')
    // Ceph makes none with a single copy unless it is set so afterwards.
    return { name, placementGroups, ...data, size: Math.max(2, data.size) };
  const { profile } = data;
  return {
    name,
    placementGroups,
    type: 'erasure',
    profile: typeof profile === 'string' ? profile : profile.name,
  };
}

async function deleteEmptyPool(client: CephClient, name: string, options: WaitOptions): Promise<void> {
  const pool = (await listCephPools(client, options)).find((other) => other.name === name);
  if (!pool) return;
  const images = pool.type === 'erasure' ? 0 : await countImages(client, name, options);
  if (images > 0)
    throw new CephPoolProblem('in-use', t('There are RBD images in {0} by now: {1}.', name, images));
  await explainedFor(name, () => deleteCephPool(client, name, options));
  if (pool.type === 'erasure') await removeRuleOf(client, pool, options);
}

/** Nothing can have been written to a pool that does not answer since it was made. */
async function countImages(client: CephClient, pool: string, options: WaitOptions): Promise<number> {
  try {
    const place = { pool, namespace: undefined };
    return (await listRbdImages(client, place, { ...options, timeoutMs: readMs })).length;
  } catch (error) {
    if (error instanceof TimeoutError) return 0;
    throw error;
  }
}

/** Ceph makes a rule for each erasure-coded pool and leaves it when the pool is deleted. */
export async function removeRuleOf(
  client: CephClient,
  { name, crushRule }: CephPool,
  options: WaitOptions,
): Promise<void> {
  const [rules, pools] = await Promise.all([listCrushRules(client, options), listCephPools(client, options)]);
  const own = rules.find((rule) => rule.id === crushRule && rule.name === name);
  if (own && !pools.some((pool) => pool.crushRule === own.id)) await removeCrushRule(client, name, options);
}

function setStep(
  site: PoolSite,
  pool: string,
  variable: PoolVariable,
  value: string | number | boolean,
  title: string,
): PlanStep {
  const { client, shell } = site;
  const isSure = variable === 'size';
  return {
    title,
    host: shell,
    commands: [ceph(site, setPoolWords(pool, variable, value, isSure))],
    run: (options) =>
      explainedFor(pool, () => setPoolVariable(client, pool, variable, value, { ...options, isSure })),
  };
}

/** What holds only data of images needs no more than the name of its application: images are listed elsewhere. */
function rbdStep(site: PoolSite, { name, data }: PoolOrder): PlanStep {
  const { client, shell } = site;
  const isWhole = data.type === 'replicated';
  return {
    title: t('Prepare the Ceph pool {0} for RBD images', name),
    host: shell,
    commands: isWhole
      ? [{ argv: cephArgv(client.access, 'rbd', initRbdArguments(name)) }]
      : [ceph(site, applicationWords('enable', name, 'rbd'))],
    run: async (options) => {
      await untilActive(client, name, options);
      if (isWhole) await initRbdPool(client, name, { ...options, timeoutMs });
      else await enablePoolApplication(client, name, 'rbd', options);
    },
  };
}
