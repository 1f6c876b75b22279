import type { WaitOptions } from '../base/waiting.ts';
import type { CephClient } from './cephAccess.ts';
import { askMonitors, tellMonitors } from './monitors.ts';

/** Where CRUSH puts the copies of a pool's data. */
export interface CrushRule {
  readonly id: number;
  readonly name: string;
  readonly type: 'replicated' | 'erasure';
  /** What it takes from the tree: a root, as a rule; a rule may take several. */
  readonly takes: readonly { readonly root: string; readonly deviceClass: string | undefined }[];
  /** What holds no two copies: `osd`, `host`, `rack` ...; undefined for a rule that chooses in several steps. */
  readonly failureDomain: string | undefined;
}

interface RuleJson {
  readonly rule_id: number;
  readonly rule_name: string;
  readonly type: number;
  readonly steps: readonly { readonly op: string; readonly item_name?: string; readonly type?: string }[];
}

/** `pg_pool_t::TYPE_ERASURE` of Ceph's osd_types.h. */
const erasure = 3;

/** What `ceph osd crush rule dump` tells. */
export async function listCrushRules(
  client: CephClient,
  options?: WaitOptions,
): Promise<readonly CrushRule[]> {
  const rules = (await askMonitors(client, ['osd', 'crush', 'rule', 'dump'], options)) as readonly RuleJson[];
  return rules.map(({ rule_id, rule_name, type, steps }) => {
    const choices = steps.filter(({ op }) => op.startsWith('choose'));
    return {
      id: rule_id,
      name: rule_name,
      type: type === erasure ? 'erasure' : 'replicated',
      takes: steps.filter(({ op }) => op === 'take').map(({ item_name = '' }) => takenBy(item_name)),
      failureDomain: choices.length === 1 ? choices[0]?.type : undefined,
    };
  });
}

/** Reads `default~ssd`: the OSDs of one class below a bucket. */
function takenBy(item: string): CrushRule['takes'][number] {
  const [root = '', deviceClass] = item.split('~');
  return { root, deviceClass };
}

/** Rejects with EBUSY while pools use it. */
export async function removeCrushRule(
  client: CephClient,
  name: string,
  options?: WaitOptions,
): Promise<void> {
  await tellMonitors(client, ['osd', 'crush', 'rule', 'rm', name], options);
}
