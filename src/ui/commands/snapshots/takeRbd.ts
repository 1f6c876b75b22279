import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import { guestAgentAnswers } from '../../../libvirt/guestAgent.ts';
import { DomainState } from '../../../libvirt/protocol/domainStates.ts';
import type { Quiet } from '../../../operations/snapshots/quietGuest.ts';
import type { RbdSnapshots } from '../../../operations/snapshots/rbdSnapshotSets.ts';
import {
  freeSnapshotName,
  proposedName,
  rbdSnapshotNameRefusal,
} from '../../../operations/snapshots/snapshotName.ts';
import { takeRbdSnapshots } from '../../../operations/snapshots/takeRbdSnapshots.ts';
import { describeSource } from '../../explorer/objects/devices/diskWords.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';
import { uriOnHost } from './guardUri.ts';
import { showAnew } from './snapshotRow.ts';
import { toTheEnd } from './toTheEnd.ts';

export const takeRbdSnapshotCommand = objectCommand({
  id: 'libvirt.snapshot.takeRbd',
  on: { kinds: ['domain'], traits: ['connected'] },
  run: takeOf,
});

/** The same, beside the row that lists the RBD snapshots. */
export const addRbdSnapshotCommand = objectCommand({
  id: 'libvirt.rbdSnapshots.take',
  on: { kinds: ['rbdSnapshots'], traits: ['connected'] },
  run: ({ domain }, services) => takeOf(domain, services),
});

async function takeOf(domain: DomainNode, services: CommandServices): Promise<void> {
  const { entry, name, host, uuid } = domain;
  if (!entry) return;
  const reading = { title: t('Reading the RBD snapshots of {0} on {1}', name, host.name) };
  const known = await onObject(domain, services, reading, () => domain.rbdSnapshots.read());
  if (known.rbd.length === 0) {
    void vscode.window.showInformationMessage(t('{0} on {1} has no RBD disk.', name, host.name));
    return;
  }
  const { connection, inventory } = host.require();
  const { hasGuestAgent } = await inventory.domains.details(uuid);
  let agent: Promise<boolean> | undefined;
  const answer = await wizard(t('Take an RBD Snapshot of {0} on {1}', name, host.name), async (ask) => ({
    snapshot: await askName(ask, known),
    quiet: await askQuiet(ask, entry, known, () => {
      agent ??= hasGuestAgent ? guestAgentAnswers(connection, entry.ref) : Promise.resolve(false);
      return agent;
    }),
  }));
  if (!answer) return;
  const { snapshot, quiet } = answer;
  const titles = {
    doing: t('Taking the RBD snapshot {0} of {1} on {2}', snapshot, name, host.name),
    ending: t('Undoing the RBD snapshot {0} of {1}', snapshot, name),
  };
  try {
    await toTheEnd(domain, services, titles, ({ transport }, signal, report) =>
      takeRbdSnapshots(
        { connection, transport, uri: uriOnHost(host.address), ref: entry.ref },
        { name: snapshot, disks: known.rbd, quiet },
        {
          signal,
          say: (message) => {
            report({ message });
            services.log.info(`${name}: ${message}`);
          },
        },
      ),
    );
  } finally {
    showAnew(domain, services);
  }
  void vscode.window.showInformationMessage(doneText(name, snapshot, quiet, known));
}

function targetsOf({ rbd }: RbdSnapshots): string {
  return rbd.map(({ target }) => target).join(', ');
}

function askName(ask: Ask, known: RbdSnapshots): Promise<string> {
  const taken = new Set(known.sets.map(({ name }) => name));
  const others = known.others.map(({ target, source }) =>
    t('{0} ({1})', target, source ? describeSource(source) : ''),
  );
  return ask.text({
    prompt: sentences(
      t('One name for the snapshots of {0}.', targetsOf(known)),
      others.length === 0 ? undefined : t('Not of what is not in Ceph: {0}.', others.join(', ')),
    ),
    value: freeSnapshotName(proposedName(new Date()), taken),
    refusal: (value) => rbdSnapshotNameRefusal(value, taken),
  });
}

/** How a guest that is on is kept from writing; nothing is asked of one that does not run. */
async function askQuiet(
  ask: Ask,
  entry: { readonly state: number },
  known: RbdSnapshots,
  agentAnswers: () => Promise<boolean>,
): Promise<Quiet> {
  if (!isActive(entry) || entry.state === DomainState.paused) return 'none';
  return ask.pick<Quiet>({
    placeholder: t('How do the disks become consistent?'),
    choices: async () => quietChoices(await agentAnswers(), known.rbd.length),
  });
}

function quietChoices(agentAnswers: boolean, disks: number): readonly Choice<Quiet>[] {
  const frozen: Choice<Quiet> = {
    label: t('Freeze the file systems'),
    detail: t('The guest agent writes out and holds all changes for a moment, and is always told to go on.'),
    value: 'frozen',
  };
  const suspended: Choice<Quiet> = {
    label: t('Suspend the guest for a moment'),
    detail: t('All disks are of one moment, as after a power cut.'),
    value: 'suspended',
  };
  const none: Choice<Quiet> = {
    label: t('Let the guest go on'),
    detail:
      disks > 1
        ? t('Each disk is as after a power cut, and they are not of the same moment.')
        : t('The disk is as after a power cut.'),
    value: 'none',
  };
  if (agentAnswers) return [frozen, suspended, none];
  const why = t('The guest agent does not answer, so the file systems cannot be frozen.');
  return [{ ...suspended, detail: sentences(suspended.detail, why) }, none];
}

function doneText(name: string, snapshot: string, quiet: Quiet, known: RbdSnapshots): string {
  const taken = t('{0}: the RBD snapshot {1} of {2} is taken.', name, snapshot, targetsOf(known));
  return quiet === 'frozen' ? sentences(taken, t('The guest was frozen meanwhile, and goes on.')) : taken;
}
