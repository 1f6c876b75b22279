import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { isExternal } from '../../../libvirt/model/snapshot.ts';
import { revert, spoiltByRevert, type StateAfter } from '../../../operations/snapshots/changeSnapshot.ts';
import { libvirtCan } from '../../../operations/snapshots/libvirtAbilities.ts';
import type { Snapshot } from '../../../operations/snapshots/snapshotTree.ts';
import type { SnapshotNode } from '../../explorer/objects/snapshotNode.ts';
import { snapshotState, snapshotTime } from '../../explorer/objects/snapshotWords.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';
import { showAnew } from './snapshotRow.ts';

export const revertSnapshotCommand = objectCommand({
  id: 'libvirt.snapshot.revert',
  on: { kinds: ['snapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const { domain, host, name } = node;
    await domain.snapshots.read(true);
    const { snapshot } = node;
    if (!snapshot) return;
    const version = host.facts?.libvirtVersion;
    if (isExternal(snapshot) && libvirtCan('revertToExternal', version) === false) {
      void vscode.window.showInformationMessage(
        t(
          'libvirt {0} on {1} cannot revert to {2}, which is external; version 9.9 can. By hand: shut the domain off, and set its disks in the XML to the files that they had then, which the XML of the snapshot shows.',
          version ?? '',
          host.name,
          name,
        ),
      );
      return;
    }
    const after = await wizard(t('Revert {0} on {1} to {2}', domain.name, host.name, name), (ask) =>
      ask.pick<StateAfter>({
        placeholder: t('What is the domain afterwards?'),
        choices: statesAfter(snapshot),
      }),
    );
    if (after === undefined) return;
    const question = t('Revert {0} on {1} to the snapshot {2}?', domain.name, host.name, name);
    if (!(await confirm(question, lossOf(node, snapshot), t('Revert')))) return;
    const title = t('Reverting {0} on {1} to {2}', domain.name, host.name, name);
    const work = (force: boolean): ReturnType<typeof revert> =>
      onObject(domain, services, { title }, ({ connection }, signal) =>
        revert(connection, snapshot, { after, force, signal }),
      );
    try {
      const end = await work(false);
      if (end === 'done' || !(await confirmForce(domain.name, host.name, end.risky))) return;
      await work(true);
    } finally {
      showAnew(domain, services);
    }
  },
});

function statesAfter({ state, memory }: Snapshot): readonly Choice<StateAfter>[] {
  const then = memory === 'no' ? t('shut off') : (snapshotState(state) ?? t('shut off'));
  return [
    { label: t('As it was then: {0}', then), value: 'asItWas' },
    { label: t('Running'), value: 'running' },
    { label: t('Paused'), value: 'paused' },
  ];
}

function lossOf({ domain }: SnapshotNode, snapshot: Snapshot): string {
  const spoilt = spoiltByRevert(snapshot).map(({ name }) => name);
  const isOn = domain.traits.includes('active');
  return [
    t('It is of {0}. What the disks of the domain hold now is lost.', snapshotTime(snapshot) ?? '?'),
    ...(isOn ? [t('The domain is on: what its guest has in memory is lost too.')] : []),
    ...(spoilt.length > 0
      ? [
          t(
            'These snapshots cannot be used any more: their files build upon these disks: {0}.',
            spoilt.join(', '),
          ),
        ]
      : []),
    t('To keep what is there now, take another snapshot before.'),
  ].join('\n\n');
}

function confirmForce(name: string, host: string, risk: string): Promise<boolean> {
  return confirm(
    t('Revert {0} on {1} although libvirt calls it risky?', name, host),
    t('libvirt says: {0}', risk),
    t('Force Revert'),
  );
}
