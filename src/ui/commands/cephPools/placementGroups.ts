import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { setPoolVariable } from '../../../ceph/changeCephPool.ts';
import { roomFor } from '../../../operations/cephPools/placementGroups.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { askGroups } from './askGroups.ts';
import { changePool, poolAmong, readFacts } from './changePool.ts';

export const changePlacementGroupsCommand = objectCommand({
  id: 'libvirt.cephPool.placementGroups',
  on: { kinds: ['cephPool'], traits: ['connected'] },
  run: async (node, services) => {
    const { name } = node;
    const facts = await readFacts(node, services);
    const pool = poolAmong(facts, node);
    const rule = facts.rules.find(({ id }) => id === pool.crushRule);
    const current = pool.placementGroupsTarget;
    const answers = await wizard(t('Placement Groups of {0}, Now {1}', name, current), async (ask) => {
      const groups = await askGroups(ask, {
        room: roomFor(facts, rule, pool),
        size: pool.size,
        ofOnePool: facts.settings.maxPgsPerPool,
        current,
      });
      const autoscale =
        pool.autoscale === 'on'
          ? await ask.pick({
              placeholder: t('The autoscaler is on and would change the number again. What shall it do?'),
              choices: [
                {
                  label: t('Only warn'),
                  detail: t('A health warning says when it would choose another number.'),
                  value: 'warn',
                },
                { label: t('Nothing'), value: 'off' },
                { label: t('Go on'), detail: t('It may take your number back at once.'), value: 'on' },
              ],
            })
          : pool.autoscale;
      return { groups: Number(groups), autoscale };
    });
    if (!answers) return;
    const { groups, autoscale } = answers;
    const title = t('Giving the Ceph pool {0} {1} placement groups', name, groups);
    await changePool(node, services, title, async (client, signal) => {
      if (autoscale !== pool.autoscale)
        await setPoolVariable(client, name, 'pg_autoscale_mode', autoscale, { signal });
      await setPoolVariable(client, name, 'pg_num', groups, { signal });
    });
    void vscode.window.showInformationMessage(
      t(
        'Ceph brings {0} from {1} to {2} placement groups step by step, and moves data meanwhile.',
        name,
        current,
        groups,
      ),
    );
  },
});
