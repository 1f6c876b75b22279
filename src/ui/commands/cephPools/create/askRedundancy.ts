import { t } from '../../../../base/l10n.ts';
import { sentences } from '../../../../base/sentences.ts';
import type { CrushRule } from '../../../../ceph/crushRules.ts';
import type { ErasureChunks, ErasureProfile } from '../../../../ceph/erasureProfiles.ts';
import type { NewErasureProfile } from '../../../../operations/cephPools/newCephPool.ts';
import { failureDomains, placementOf, type Placement } from '../../../../operations/cephPools/placement.ts';
import type { PoolFacts } from '../../../../operations/cephPools/readPoolsAndOsds.ts';
import type { Choice } from '../../../prompts/askPick.ts';
import type { Ask } from '../../../prompts/wizard.ts';

/** How the data is kept so that disks may fail. */
export type Redundancy =
  | { readonly type: 'replicated'; readonly size: number; readonly rule: CrushRule }
  | { readonly type: 'erasure'; readonly profile: ErasureProfile | NewErasureProfile };

type Kind = { readonly copies: number } | { readonly profile: ErasureProfile } | 'new';

export async function askRedundancy(
  ask: Ask,
  facts: PoolFacts,
  profiles: readonly ErasureProfile[],
): Promise<Redundancy> {
  const rules = facts.rules.filter(({ type }) => type === 'replicated');
  const kind = await ask.pick<Kind>({
    placeholder: t('How is the data kept safe?'),
    choices: [
      ...[3, 2, 4, 1].map((copies) => copiesChoice(copies, facts, rules)),
      ...profiles.map((profile) => profileChoice(profile, facts)),
      {
        label: t('Erasure code with a new profile…'),
        detail: t('Takes less space than copies, and more time. Only the data of images goes there.'),
        value: 'new',
      },
    ],
    preselected: (value) =>
      typeof value === 'object' && 'copies' in value && value.copies === facts.settings.defaultSize,
  });
  if (kind === 'new') return { type: 'erasure', profile: await askProfile(ask, facts) };
  if ('profile' in kind) return { type: 'erasure', profile: kind.profile };
  const [only] = rules;
  const rule =
    rules.length === 1 && only
      ? only
      : await ask.pick({
          placeholder: t('Where is it kept? A CRUSH rule says which OSDs, and what holds no two copies.'),
          choices: rules.map((one) => ruleChoice(one, facts, kind.copies)),
        });
  return { type: 'replicated', size: kind.copies, rule };
}

function copiesChoice(copies: number, facts: PoolFacts, rules: readonly CrushRule[]): Choice<Kind> {
  const details: Readonly<Record<number, string>> = {
    1: t('No safety at all: every disk that fails loses data. For what can be made again.'),
    2: t('A disk that fails while another is replaced loses data.'),
    3: t('The usual choice: one may fail and work goes on, two may fail and nothing is lost.'),
    4: t('Two may fail and work goes on, three may fail and nothing is lost.'),
  };
  const { mayBeSingle, isAssumed } = facts.settings;
  const isRefused = copies === 1 && !mayBeSingle && !isAssumed;
  return {
    label: copies === 1 ? t('A single copy') : t('{0} copies', copies),
    description: t('{0} % of the disk space holds data', Math.floor(100 / copies)),
    detail: sentences(
      isRefused ? t('Not allowed here (mon_allow_pool_size_one).') : bestOf(rules, facts, copies),
      details[copies],
    ),
    value: { copies },
    isUnavailable: isRefused,
  };
}

/** A warning, where not even one rule has places enough. */
function bestOf(rules: readonly CrushRule[], facts: PoolFacts, size: number): string | undefined {
  const warnings = rules.map((rule) =>
    placesWarning(placementOf(rule, facts.tree), rule.failureDomain, size),
  );
  return warnings.every((warning) => warning !== undefined) ? warnings[0] : undefined;
}

/** What is wrong with the places that there are for copies or chunks; undefined when there are enough. */
export function placesWarning(
  { domains, osds }: Placement,
  failureDomain: string | undefined,
  size: number,
): string | undefined {
  if (osds.length === 0) return t('There is no OSD to keep it on: it could not be used.');
  if (domains === undefined || domains >= size) return undefined;
  return t(
    'Each needs a {0} of its own, and there are {1} of the {2} needed: the pool would stay degraded or could not be used.',
    failureDomain ?? '',
    domains,
    size,
  );
}

function profileChoice(profile: ErasureProfile, { tree }: PoolFacts): Choice<Kind> {
  const { data, coding } = profile.chunks;
  return {
    label: t('Erasure code {0}+{1}', data, coding),
    description: t('profile {0} · {1} % of the disk space holds data', profile.name, shareOf(profile.chunks)),
    detail: sentences(
      placesWarning(placementOf(ruleOfProfile(profile), tree), profile.failureDomain, data + coding),
      t('Any {0} may fail and nothing is lost. Only the data of images goes there.', coding),
    ),
    value: { profile },
  };
}

function shareOf({ data, coding }: ErasureChunks): number {
  return Math.floor((100 * data) / (data + coding));
}

/** The rule that Ceph makes for a pool of this profile. */
export function ruleOfProfile({
  root,
  deviceClass,
  failureDomain,
}: Pick<ErasureProfile, 'root' | 'deviceClass' | 'failureDomain'>): CrushRule {
  return { id: -1, name: '', type: 'erasure', takes: [{ root, deviceClass }], failureDomain };
}

export function ruleChoice(rule: CrushRule, { tree }: PoolFacts, size: number): Choice<CrushRule> {
  const placement = placementOf(rule, tree);
  const [take] = rule.takes;
  return {
    label: rule.name,
    description: [
      t('{0} OSDs', placement.osds.length),
      ...(take?.deviceClass === undefined ? [] : [take.deviceClass]),
      ...(rule.failureDomain === undefined ? [] : [t('each copy on another {0}', rule.failureDomain)]),
    ].join(' · '),
    detail: placesWarning(placement, rule.failureDomain, size),
    value: rule,
  };
}

const usualChunks: readonly ErasureChunks[] = [
  { data: 2, coding: 1 },
  { data: 2, coding: 2 },
  { data: 4, coding: 2 },
  { data: 8, coding: 3 },
];

async function askProfile(ask: Ask, { tree }: PoolFacts): Promise<NewErasureProfile> {
  const text = await ask.choiceOrText({
    placeholder: t('How many chunks of data, and how many more that may be lost? Choose, or write 6+3.'),
    choices: usualChunks.map((chunks) => ({
      label: `${chunks.data}+${chunks.coding}`,
      description: t('{0} % of the disk space holds data', shareOf(chunks)),
      detail: t('Needs {0} places; any {1} may fail.', chunks.data + chunks.coding, chunks.coding),
      value: `${chunks.data}+${chunks.coding}`,
    })),
    refusal: (given) =>
      parseChunks(given)
        ? undefined
        : t('Write two numbers: at least two chunks of data and one more, such as 4+2.'),
  });
  const chunks = parseChunks(text) ?? { data: 2, coding: 1 };
  const size = chunks.data + chunks.coding;
  const failureDomain = await ask.pick({
    placeholder: t('What may fail as a whole? No two chunks are put into the same one.'),
    choices: [...failureDomains(tree)].map(([type, count]) => ({
      label: type,
      description: t('there are {0}', count),
      detail: count < size ? t('Too few for {0} chunks: the pool could not be used.', size) : undefined,
      value: type,
    })),
    preselected: (type) => type === 'host',
  });
  const classes = [...new Set(tree.osds.flatMap((osd) => osd.deviceClass ?? []))];
  const deviceClass =
    classes.length < 2
      ? ''
      : await ask.pick({
          placeholder: t('On which disks?'),
          choices: [{ label: t('Any'), value: '' }, ...classes.map((name) => ({ label: name, value: name }))],
        });
  const root = tree.buckets.find(({ type }) => type === 'root')?.name ?? 'default';
  return {
    name: [
      'ec',
      chunks.data,
      chunks.coding,
      failureDomain,
      ...(deviceClass === '' ? [] : [deviceClass]),
    ].join('-'),
    chunks,
    failureDomain,
    root,
    deviceClass: deviceClass === '' ? undefined : deviceClass,
  };
}

function parseChunks(text: string): ErasureChunks | undefined {
  const [, data = 0, coding = 0] = (/^\s*(\d{1,2})\s*\+\s*(\d{1,2})\s*$/.exec(text) ?? []).map(Number);
  return data >= 2 && coding >= 1 ? { data, coding } : undefined;
}
