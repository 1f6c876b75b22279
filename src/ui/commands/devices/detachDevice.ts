import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { deviceName } from '../../../operations/devices/deviceKey.ts';
import { detachAndVerify } from '../../../operations/devices/detachDevice.ts';
import { isLive, type Effect } from '../../../operations/devices/effect.ts';
import type { DeviceNode } from '../../explorer/objects/devices/deviceNode.ts';
import { chooseInDialog } from '../../prompts/chooseInDialog.ts';
import type { CommandServices } from '../command.ts';
import { attachOrOffer } from './attachOrOffer.ts';
import { effectsOf, effectWords } from './deviceWork.ts';

export interface Detaching {
  /** What is detached: `the disk vdb (rbd libvirt-pool/data)`. */
  readonly what: string;
  /** What becomes of what is in it. */
  readonly consequence: string;
  /** What else can be done at once. */
  readonly more?: { readonly action: string; run(): Promise<void> } | undefined;
}

/** Asks, detaches a device and waits for the guest to let go of it. */
export async function detachDeviceRow(
  node: DeviceNode,
  services: CommandServices,
  { what, consequence, more }: Detaching,
): Promise<void> {
  const { domain, host, key } = node;
  const [effect, ...others] = effectsOf(node);
  const [detach, later] = [t('Detach'), t('At Next Start Only')];
  const answer = await chooseInDialog(
    t('Detach {0} from {1} on {2}?', what, domain.name, host.name),
    sentences(
      isLive(effect) ? t('The running guest loses it: unmount it there first.') : undefined,
      consequence,
    ),
    [detach, ...(others.includes('next') ? [later] : []), ...(more ? [more.action] : [])],
  );
  if (answer === undefined) return;
  await attachOrOffer(domain, services, {
    title: t('Detaching {0} from {1} on {2}', deviceName(key), domain.name, host.name),
    effect: answer === later ? 'next' : effect,
    work: async (site, how, signal, report) => {
      const from = await detachAndVerify(site, key, how, { signal, report });
      tell(node, from);
    },
  });
  if (answer === more?.action) await whenGone(node, () => more.run());
}

function tell({ key, domain, host }: DeviceNode, from: Effect): void {
  const text = t(
    '{0} is detached from {1} on {2}: {3}.',
    deviceName(key),
    domain.name,
    host.name,
    effectWords(from),
  );
  void vscode.window.showInformationMessage(text);
}

/** What follows is done only where the domain really has it no more: not where the guest keeps it. */
async function whenGone({ domain, id }: DeviceNode, run: () => Promise<void>): Promise<void> {
  const rows = await domain.children();
  if (!rows.some((row) => row.id === id)) await run();
}
