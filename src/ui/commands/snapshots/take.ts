import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import { guestAgentAnswers } from '../../../libvirt/guestAgent.ts';
import { mayBeRbd } from '../../../libvirt/model/rbdSource.ts';
import { offerSnapshots, type SnapshotOffer } from '../../../operations/snapshots/snapshotKinds.ts';
import { filesOf, takeSnapshot } from '../../../operations/snapshots/takeSnapshot.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { askSnapshot, consequenceOf } from './askSnapshot.ts';
import { showAnew } from './snapshotRow.ts';
import { toTheEnd } from './toTheEnd.ts';

export const takeSnapshotCommand = objectCommand({
  id: 'libvirt.snapshot.take',
  on: { kinds: ['domain'], traits: ['connected'] },
  run: takeOf,
});

/** The same, beside the row that lists the snapshots. */
export const addSnapshotCommand = objectCommand({
  id: 'libvirt.snapshots.take',
  on: { kinds: ['snapshots'], traits: ['connected'] },
  run: ({ domain }, services) => takeOf(domain, services),
});

async function takeOf(domain: DomainNode, services: CommandServices): Promise<void> {
  const { entry, name, host, uuid } = domain;
  if (!entry) return;
  const { connection, inventory } = host.require();
  const [{ disks, hasGuestAgent }, { byName }] = await Promise.all([
    inventory.domains.details(uuid),
    domain.snapshots.read(),
  ]);
  const active = isActive(entry);
  const offer = offerSnapshots(disks, active);
  if (offer.kinds.length === 0) {
    await refuse(domain, offer);
    return;
  }
  let agent: Promise<boolean> | undefined;
  const snapshot = await wizard(t('Take a Snapshot of {0} on {1}', name, host.name), (ask) =>
    askSnapshot(ask, {
      offer,
      active,
      taken: new Set(byName.keys()),
      agentAnswers: () =>
        (agent ??= hasGuestAgent ? guestAgentAnswers(connection, entry.ref) : Promise.resolve(false)),
    }),
  );
  if (!snapshot) return;
  const subject = { ref: entry.ref, disks };
  const consequence = consequenceOf(snapshot, filesOf(subject, snapshot), offer);
  const question = t('Take the snapshot {0} of {1} on {2}?', snapshot.name, name, host.name);
  if (consequence !== undefined && !(await confirm(question, consequence, t('Take Snapshot')))) return;
  const titles = {
    doing: t('Taking the snapshot {0} of {1} on {2}', snapshot.name, name, host.name),
    ending: t('Ending the snapshot of {0} on {1}', name, host.name),
  };
  try {
    const end = await toTheEnd(domain, services, titles, (_host, signal, report) =>
      takeSnapshot(connection, subject, snapshot, { signal, report }),
    );
    tell(domain, snapshot.name, end === 'done');
  } finally {
    showAnew(domain, services);
  }
}

function tell({ name, host }: DomainNode, snapshot: string, isDone: boolean): void {
  void vscode.window.showInformationMessage(
    isDone
      ? t('{0} on {1} has the snapshot {2}.', name, host.name, snapshot)
      : t(
          'The snapshot {0} of {1} on {2} was cancelled; the domain is as it was.',
          snapshot,
          name,
          host.name,
        ),
  );
}

/** Says why libvirt cannot, and leads to what can be done instead. */
async function refuse(domain: DomainNode, { notExternal }: SnapshotOffer): Promise<void> {
  const { name, host } = domain;
  const targets = notExternal.map(({ target }) => target).join(', ');
  if (!notExternal.some(mayBeRbd)) {
    void vscode.window.showInformationMessage(
      targets === ''
        ? t('{0} on {1} has no disk of which a snapshot could be taken.', name, host.name)
        : t(
            'libvirt takes no snapshots of {0} on {1}: {2} is neither qcow2 nor in a file.',
            name,
            host.name,
            targets,
          ),
    );
    return;
  }
  const instead = t('Take RBD Snapshot…');
  const answer = await vscode.window.showInformationMessage(
    t(
      'libvirt takes no snapshots of RBD images, which {0} on {1} has as {2}. Ceph does, of all of them at once.',
      name,
      host.name,
      targets,
    ),
    instead,
  );
  if (answer === instead) await vscode.commands.executeCommand('libvirt.snapshot.takeRbd', domain);
}
