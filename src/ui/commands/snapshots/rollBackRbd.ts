import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import { rollBackDomain, type Stop } from '../../../operations/snapshots/rollBackDomain.ts';
import type { RbdSnapshotSet } from '../../../operations/snapshots/rbdSnapshotSets.ts';
import { freeSnapshotName } from '../../../operations/snapshots/snapshotName.ts';
import { describeSource } from '../../explorer/objects/devices/diskWords.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { timeText } from '../../explorer/objects/snapshotWords.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { readShutdownTimeout } from '../../settings/shutdownTimeout.ts';
import { objectCommand } from '../command.ts';
import { uriOnHost } from './guardUri.ts';
import { showAnew } from './snapshotRow.ts';
import { toTheEnd } from './toTheEnd.ts';

export const rollBackRbdSnapshotCommand = objectCommand({
  id: 'libvirt.rbdSnapshot.rollBack',
  on: { kinds: ['rbdSnapshot'], traits: ['connected'] },
  run: async (node, services) => {
    const { domain, host, name } = node;
    node.list.forget();
    const known = await node.list.read();
    const { set } = node;
    const { entry } = domain;
    if (!set || !entry) return;
    if (isActive(entry) && !entry.persistent) {
      void vscode.window.showInformationMessage(
        t('{0} is transient: it would be gone once it is shut off, and cannot be rolled back.', domain.name),
      );
      return;
    }
    const title = t('Roll Back {0} on {1} to {2}', domain.name, host.name, name);
    const answer = await wizard(title, async (ask) => ({
      stop: isActive(entry) ? await askStop(ask) : undefined,
      keep: await askKeep(
        ask,
        freeSnapshotName(`before-${name}`, new Set(known.sets.map((one) => one.name))),
      ),
    }));
    if (!answer) return;
    const question = t('Roll back the disks of {0} on {1} to {2}?', domain.name, host.name, name);
    const others = known.others.map(({ target, source }) =>
      t('{0} ({1})', target, source ? describeSource(source) : ''),
    );
    if (!(await confirm(question, lossOf(domain, set, others, answer), t('Roll Back')))) return;
    const titles = {
      doing: t('Rolling back {0} on {1} to {2}', domain.name, host.name, name),
      ending: t('Rolling back {0} to the end: half of it would be of no use', domain.name),
    };
    try {
      await toTheEnd(domain, services, titles, ({ connection, transport }, signal, report) =>
        rollBackDomain(
          { connection, transport, uri: uriOnHost(host.address), ref: entry.ref },
          { set, stop: answer.stop, keep: answer.keep, stopSeconds: readShutdownTimeout() },
          { signal, report },
        ),
      );
    } finally {
      showAnew(domain, services);
    }
    void vscode.window.showInformationMessage(
      t('The disks of {0} on {1} are what they were at {2}.', domain.name, host.name, name),
    );
  },
});

function askStop(ask: Ask): Promise<Stop> {
  return ask.pick<Stop>({
    placeholder: t('The domain is on. How is it stopped? It is started again afterwards.'),
    choices: [
      { label: t('Shut down'), detail: t('The guest is asked to, and waited for.'), value: 'shutDown' },
      {
        label: t('Force off'),
        detail: t('What it has not written is lost, as all since then is.'),
        value: 'forceOff',
      },
    ],
  });
}

/** @returns the name of the snapshot that keeps the present; undefined for none */
async function askKeep(ask: Ask, name: string): Promise<string | undefined> {
  const keep = await ask.pick<boolean>({
    placeholder: t('Shall what the disks hold now be kept?'),
    choices: [
      { label: t('Keep it in a snapshot'), description: name, value: true },
      { label: t('Do not keep it'), value: false },
    ],
  });
  return keep ? name : undefined;
}

function lossOf(
  domain: DomainNode,
  set: RbdSnapshotSet,
  others: readonly string[],
  { stop, keep }: { readonly stop: Stop | undefined; readonly keep: string | undefined },
): string {
  const targets = set.members.map(({ disk }) => disk.target).join(', ');
  const since = set.createdAt ? timeText(set.createdAt) : set.name;
  return [
    keep === undefined
      ? t('All that was written to {0} since {1} is lost.', targets, since)
      : t(
          'All that was written to {0} since {1} is gone from the disks; the snapshot {2} keeps it.',
          targets,
          since,
          keep,
        ),
    ...(set.missing.length > 0
      ? [
          t(
            'There is no snapshot of this name of {0}: it stays as it is now, and may not fit the others.',
            set.missing.map(({ target }) => target).join(', '),
          ),
        ]
      : []),
    ...(others.length > 0 ? [t('Not in Ceph, so it stays as it is now: {0}.', others.join(', '))] : []),
    ...(stop === 'forceOff'
      ? [t('{0} is forced off first, and started again afterwards.', domain.name)]
      : []),
    ...(stop === 'shutDown' ? [t('{0} is shut down first, and started again afterwards.', domain.name)] : []),
    t('Once it has begun it goes on to the end. Other snapshots and clones stay.'),
  ].join('\n\n');
}
