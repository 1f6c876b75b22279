import * as vscode from 'vscode';
import { CancelledError } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { isActive, type DomainEntry } from '../../../hosts/inventory/domains.ts';
import { startDomain } from '../../../libvirt/domains.ts';
import { parseXml } from '../../../libvirt/model/element.ts';
import { parseDomain } from '../../../libvirt/model/domain.ts';
import { readClonableDisk, type ClonableDisk } from '../../../operations/cloneDomain/clonableDisk.ts';
import { cloneDomain, type Cloned, type CloneOrder } from '../../../operations/cloneDomain/cloneDomain.ts';
import { explainStartFailure } from '../../../operations/domainStartProblem.ts';
import { domainNameRefusal } from '../../../operations/newDomain/domainName.ts';
import { documentUri } from '../../documents/documentUri.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { showProblem } from '../../problems.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard, type Ask } from '../../prompts/wizard.ts';
import { afterCancel } from '../afterCancel.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';
import { askCloneDisks, describeOrder } from './cloneDisks.ts';
import { domainNamesOn } from './domainNames.ts';
import { redrawPools } from './redrawPools.ts';

/** What a clone can be made of. */
interface Original {
  readonly disks: readonly ClonableDisk[];
  readonly hasNvram: boolean;
}

export const cloneDomainCommand = objectCommand({
  id: 'libvirt.domain.clone',
  on: { kinds: ['domain'], traits: ['persistent'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const looking = { title: t('Looking at the disks of {0} on {1}', name, host.name) };
    const original = await onObject(node, services, looking, (_host, signal) =>
      readOriginal(node, entry, signal),
    );
    const order = await wizard(t('Clone {0} on {1}', name, host.name), (ask) =>
      askOrder(ask, node, entry, original),
    );
    if (!order || !(await agree(node, entry, order))) return;
    await clone(node, entry, order, services);
  },
});

async function readOriginal(
  { host }: DomainNode,
  entry: DomainEntry,
  signal: AbortSignal,
): Promise<Original> {
  const machine = host.require();
  const xml = await machine.inventory.domains.definition(entry.ref.uuid);
  const [model, root] = await Promise.all([parseDomain(xml), parseXml(xml)]);
  const disks = await Promise.all(
    model.disks.map((disk) => readClonableDisk(machine, disk, isActive(entry), { signal })),
  );
  return { disks, hasNvram: root.child('os')?.textOf('nvram') !== undefined };
}

async function askOrder(
  ask: Ask,
  { name: before, host }: DomainNode,
  entry: DomainEntry,
  { disks, hasNvram }: Original,
): Promise<CloneOrder> {
  const names = domainNamesOn(host);
  const name = await ask.text({
    prompt: isActive(entry)
      ? t(
          'The name of the clone. {0} is on: RBD disks are cloned from snapshots of one moment, as after a power cut.',
          before,
        )
      : t('The name of the clone.'),
    value: freeName(before, names),
    refusal: (text) => domainNameRefusal(text, names, host.name),
  });
  const orders = await askCloneDisks(ask, disks, before, name);
  const copyNvram =
    hasNvram &&
    (await ask.pick({
      placeholder: t('The UEFI variables of the clone'),
      choices: [
        { label: t('Copied'), detail: t('With boot entries and Secure Boot keys.'), value: true },
        { label: t('New'), detail: t('From the template of the firmware.'), value: false },
      ],
    }));
  const known = host.connected?.knowledge.current?.domains ?? [];
  return { name, disks: orders, copyNvram, usedMacs: new Set(known.flatMap(({ macs }) => macs)) };
}

function freeName(before: string, names: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${before}-clone` : `${before}-clone-${number}`;
    if (!names.has(name)) return name;
  }
}

async function agree({ name, host }: DomainNode, entry: DomainEntry, order: CloneOrder): Promise<boolean> {
  const isBased = order.disks.some(({ source, choice }) => choice === 'overlay' && source?.kind === 'volume');
  const lines = [
    order.disks.map(describeOrder).join('\n'),
    t('It gets a UUID and MAC addresses of its own. Snapshots are not cloned.'),
    isActive(entry)
      ? t('{0} is paused for a moment. The disks of the clone will be as after a power cut.', name)
      : '',
    isBased ? t('The disks of {0} must not change any more: starting it would damage the clone.', name) : '',
  ].filter((line) => line !== '');
  return confirm(t('Clone {0} on {1} as {2}?', name, host.name, order.name), lines.join('\n\n'), t('Clone'));
}

async function clone(
  node: DomainNode,
  entry: DomainEntry,
  order: CloneOrder,
  services: CommandServices,
): Promise<void> {
  const { name, host } = node;
  const title = t('Cloning {0} on {1} as {2}', name, host.name, order.name);
  let working: Promise<Cloned> | undefined;
  try {
    const { notices } = await onObject(node, services, { title }, (machine, signal, report) => {
      working = cloneDomain(machine, entry.ref, order, { signal, report });
      return working;
    });
    void tell(node, order.name, notices, services);
  } catch (error) {
    await tellCancelled(title, afterCancel(error, working));
  } finally {
    const pools = order.disks.flatMap(({ source }) => source?.pool?.name ?? []);
    redrawPools(services, host, pools);
  }
}

/** What was made is taken away while the person goes on: how that ended is told. */
async function tellCancelled(title: string, working: Promise<unknown>): Promise<void> {
  try {
    await working;
    void vscode.window.showInformationMessage(t('{0}: it was done before it could be cancelled.', title));
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    void vscode.window.showInformationMessage(t('{0}: cancelled, and nothing is left of it.', title));
  }
}

async function tell(
  { host }: DomainNode,
  name: string,
  notices: readonly string[],
  { log }: CommandServices,
): Promise<void> {
  const [start, open] = [t('Start'), t('Open XML')];
  const message = sentences(t('{0} is defined on {1}.', name, host.name), ...notices);
  const show = notices.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const answer = await show(message, start, open);
  if (answer === open) {
    const uri = documentUri({ host: host.name, folder: 'domains', name });
    await vscode.commands.executeCommand('vscode.open', uri);
  }
  const entries = [...(host.inventory?.domains.entries.values() ?? [])];
  const made = entries.find(({ ref }) => ref.name === name);
  if (answer !== start || !made) return;
  try {
    await startDomain(host.require().connection, made.ref);
  } catch (error) {
    showProblem(explainStartFailure(error, name, host.name), log);
  }
}
