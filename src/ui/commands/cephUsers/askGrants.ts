import { t } from '../../../base/l10n.ts';
import { isCapValue, type RbdGrant } from '../../../ceph/cephCaps.ts';
import type { CephPool } from '../../../ceph/cephPools.ts';
import { listRbdNamespaces } from '../../../ceph/rbdNamespaces.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import type { Choice } from '../../prompts/askPick.ts';
import type { Ask } from '../../prompts/wizard.ts';

/** What is read for the questions about pools: once, however often a person goes back. */
export class GrantChoices {
  readonly #cluster: CephCluster;
  readonly #namespaces = new Map<string, Promise<readonly string[]>>();

  constructor(cluster: CephCluster) {
    this.#cluster = cluster;
  }

  /** Those for RBD first. */
  async pools(): Promise<readonly CephPool[]> {
    const pools = await this.#cluster.pools.get();
    const isForRbd = ({ applications }: CephPool): number => (applications.includes('rbd') ? 0 : 1);
    return [...pools].sort((a, b) => isForRbd(a) - isForRbd(b));
  }

  /** None where they cannot be listed. */
  namespaces(pool: string): Promise<readonly string[]> {
    const known =
      this.#namespaces.get(pool) ??
      this.#cluster.ask((client) => listRbdNamespaces(client, pool)).catch(() => []);
    this.#namespaces.set(pool, known);
    return known;
  }
}

/** Asks which pools a user may use, and which it may only read; of a pool with namespaces, which of these. */
export async function askGrants(
  ask: Ask,
  choices: GrantChoices,
  before: readonly RbdGrant[],
): Promise<readonly RbdGrant[]> {
  const had = (readOnly: boolean): ReadonlySet<string | undefined> =>
    new Set(before.filter((grant) => grant.readOnly === readOnly).map(({ pool }) => pool));
  const isOffered = ({ name, applications }: CephPool): boolean =>
    applications.length === 0 || applications.includes('rbd') || before.some(({ pool }) => pool === name);
  const pools = (await choices.pools()).filter(isOffered);
  const using = await ask.pickMany<string>({
    placeholder: t('Pools whose images it may read and write'),
    choices: pools.map(choiceOf),
    preselected: (pool) => had(false).has(pool),
    refusal: (chosen) =>
      chosen.length === 0 && pools.length === 0 ? t('choose at least one pool') : refuseNames(chosen),
  });
  const others = pools.filter(({ name }) => !using.includes(name));
  const reading =
    using.length > 0 && others.length === 0
      ? []
      : await ask.pickMany<string>({
          placeholder: t('Pools whose images it may only read. Mostly none.'),
          choices: others.map(choiceOf),
          preselected: (pool) => had(true).has(pool),
          refusal: (chosen) =>
            chosen.length + using.length === 0 ? t('choose at least one pool') : refuseNames(chosen),
        });
  const grants: RbdGrant[] = [];
  for (const [chosen, readOnly] of [
    [using, false],
    [reading, true],
  ] as const)
    for (const pool of chosen)
      for (const namespace of await askNamespaces(ask, choices, pool, before))
        grants.push({ pool, namespace, readOnly });
  return grants;
}

function choiceOf({ name, applications }: CephPool): Choice<string> {
  return {
    label: name,
    description: applications.includes('rbd')
      ? undefined
      : applications.length === 0
        ? t('not noted for RBD')
        : t('for {0}, not for RBD', applications.join(', ')),
    value: name,
  };
}

function refuseNames(pools: readonly string[]): string | undefined {
  const wrong = pools.find((pool) => !isCapValue(pool));
  return wrong === undefined ? undefined : t('the name of {0} cannot be written into capabilities', wrong);
}

const wholePool = '';

/** undefined in the answer: the whole pool. Only asked where there are namespaces. */
async function askNamespaces(
  ask: Ask,
  choices: GrantChoices,
  pool: string,
  before: readonly RbdGrant[],
): Promise<readonly (string | undefined)[]> {
  const namespaces = await choices.namespaces(pool);
  if (namespaces.length === 0) return [undefined];
  const had = before.filter((grant) => grant.pool === pool).map(({ namespace = wholePool }) => namespace);
  const chosen = await ask.pickMany<string>({
    placeholder: t('What of {0}?', pool),
    choices: [
      { label: t('The whole pool'), description: t('all namespaces too'), value: wholePool },
      ...namespaces.map((name) => ({ label: name, description: t('namespace'), value: name })),
    ],
    preselected: (name) => (had.length === 0 ? name === wholePool : had.includes(name)),
    refusal: (names) =>
      names.length === 0 ? t('choose at least one') : refuseNames(names.filter((name) => name !== wholePool)),
  });
  return chosen.includes(wholePool) ? [undefined] : chosen;
}
