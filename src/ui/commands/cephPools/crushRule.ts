import { t } from '../../../base/l10n.ts';
import { setPoolVariable } from '../../../ceph/changeCephPool.ts';
import { CephPoolProblem } from '../../../operations/cephPools/cephPoolProblem.ts';
import { placementOf } from '../../../operations/cephPools/placement.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { changePool, poolAmong, readFacts } from './changePool.ts';
import { placesWarning, ruleChoice } from './create/askRedundancy.ts';

/** Puts the pool on other OSDs: from disks to SSDs, for instance. */
export const changeCrushRuleCommand = objectCommand({
  id: 'libvirt.cephPool.crushRule',
  on: { kinds: ['cephPool'], traits: ['connected', 'replicated'] },
  run: async (node, services) => {
    const { name, cluster } = node;
    const facts = await readFacts(node, services);
    const pool = poolAmong(facts, node);
    const rules = facts.rules.filter(({ type }) => type === 'replicated');
    if (rules.length < 2)
      throw new CephPoolProblem(
        'no-other-rule',
        t('The Ceph cluster {0} has no other CRUSH rule.', cluster.name),
        {
          advice: t('“ceph osd crush rule create-replicated NAME default host ssd” makes one, for instance.'),
        },
      );
    const rule = await wizard(t('CRUSH Rule of {0}', name), (ask) =>
      ask.pick({
        placeholder: t('Where is it kept? A CRUSH rule says which OSDs, and what holds no two copies.'),
        choices: rules.map((one) => ruleChoice(one, facts, pool.size)),
        preselected: ({ id }) => id === pool.crushRule,
      }),
    );
    if (!rule || rule.id === pool.crushRule) return;
    const warning = placesWarning(placementOf(rule, facts.tree), rule.failureDomain, pool.size);
    const agreed = await confirm(
      t('Keep the Ceph pool {0} of {1} by the rule {2}?', name, cluster.name, rule.name),
      [
        t('Ceph moves all of its data to where the rule says, while guests go on, more slowly perhaps.'),
        ...(warning === undefined ? [] : [warning]),
      ].join('\n\n'),
      t('Move Data'),
    );
    if (!agreed) return;
    await changePool(
      node,
      services,
      t('Changing the CRUSH rule of the Ceph pool {0}', name),
      (client, signal) => setPoolVariable(client, name, 'crush_rule', rule.name, { signal }),
    );
  },
});
