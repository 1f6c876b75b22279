import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { CephCluster } from '../../../hosts/clusters/cephCluster.ts';
import { shellHostOf } from '../../../hosts/shellHost.ts';
import { listErasureProfiles } from '../../../ceph/erasureProfiles.ts';
import { planNewPool } from '../../../operations/cephPools/newCephPool.ts';
import { readPoolsAndOsds } from '../../../operations/cephPools/readPoolsAndOsds.ts';
import { PlanRun } from '../../../operations/plan/runPlan.ts';
import { wizard } from '../../prompts/wizard.ts';
import { changeCluster, onCluster } from '../clusters/onCluster.ts';
import { objectCommand } from '../command.ts';
import { changedByPools } from './changePool.ts';
import { askNewPool } from './create/askNewPool.ts';

export const createCephPoolCommand = objectCommand({
  id: 'libvirt.cephPool.create',
  on: { kinds: ['cluster'], traits: ['connected'], sections: ['cephPools'] },
  run: async (node, services) => {
    const { cluster } = node;
    const reading = { title: t('Reading the pools of the Ceph cluster {0}', cluster.name) };
    const { facts, profiles } = await onCluster(node, services, reading, async (client, signal) => ({
      facts: await readPoolsAndOsds(client, { signal }),
      profiles: await listErasureProfiles(client, { signal }),
    }));
    const answers = await wizard(t('New Ceph Pool in {0}', cluster.name), (ask) =>
      askNewPool(ask, facts, profiles),
    );
    if (!answers) return;
    const { session, client } = cluster.require();
    const plan = planNewPool({ client, shell: shellHostOf(session) }, answers.order);
    if (answers.isShown) {
      const run = await services.plans.open(plan);
      run.onDidChange(() => {
        if (run.state !== 'running') refreshPools(cluster);
      });
      return;
    }
    await changeCluster(
      node,
      services,
      { title: plan.title },
      changedByPools,
      async (_client, signal, report) => {
        const run = new PlanRun(plan);
        run.onDidChange(() => {
          const ended = run.steps.filter(({ kind }) => kind === 'done' || kind === 'already').length;
          report({ fraction: ended / plan.steps.length, message: plan.steps[ended]?.title });
        });
        await run.run(signal);
      },
    );
    if (answers.order.data.type === 'erasure')
      void vscode.window.showInformationMessage(plan.remarks.join(' '));
  },
});

function refreshPools(cluster: CephCluster): void {
  cluster.refresh(...changedByPools);
}
