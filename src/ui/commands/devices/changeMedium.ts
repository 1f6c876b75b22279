import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { changeMedium } from '../../../operations/devices/changeMedium.ts';
import { DeviceProblem } from '../../../operations/devices/deviceProblem.ts';
import { attachableVolume, type AttachableSource } from '../../../operations/devices/diskStorage.ts';
import { DiskNode } from '../../explorer/objects/devices/diskNode.ts';
import { describeSource } from '../../explorer/objects/devices/diskWords.ts';
import { showProblem } from '../../problems.ts';
import { confirm } from '../../prompts/confirm.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { StorageQuestions } from './askStorage.ts';
import { effectsOf, onDevices, type DeviceSite } from './deviceWork.ts';

export const changeMediumCommand = objectCommand({
  id: 'libvirt.disk.changeMedium',
  on: { kinds: ['disk'], traits: ['removable'] },
  run: async (node, services) => {
    const { name, domain, host } = node;
    const questions = new StorageQuestions(host, services);
    const title = t('ISO in {0} of {1} on {2}', name, domain.name, host.name);
    const storage = await wizard(title, (ask) => questions.iso(ask));
    if (!storage || storage.kind === 'new') return;
    await putIn(
      node,
      services,
      t('Changing the ISO in {0} of {1} on {2}', name, domain.name, host.name),
      async ({ connection }, signal) =>
        storage.kind === 'path'
          ? storage.source
          : (await attachableVolume(connection, storage.pool.ref, storage.volume, { signal })).source,
    );
  },
});

export const ejectMediumCommand = objectCommand({
  id: 'libvirt.disk.eject',
  on: { kinds: ['disk'], traits: ['removable', 'loaded'] },
  run: (node, services) =>
    putIn(node, services, t('Ejecting {0} of {1} on {2}', node.name, node.domain.name, node.host.name), () =>
      Promise.resolve(undefined),
    ),
});

/** A guest that has mounted what is in the drive keeps it locked: then force is offered. */
async function putIn(
  node: DiskNode,
  services: CommandServices,
  title: string,
  source: (site: DeviceSite, signal: AbortSignal) => Promise<AttachableSource | undefined>,
): Promise<void> {
  const change = (force: boolean): Promise<void> =>
    onDevices(node.domain, services, { title }, async (site, signal) => {
      const medium = await source(site, signal);
      await changeMedium(site, node.key, medium, effectsOf(node)[0], { force, signal });
    });
  try {
    await change(false);
  } catch (error) {
    if (!(error instanceof DeviceProblem) || error.code !== 'locked') throw error;
    showProblem(error, services.log, {
      title: t('By Force…'),
      run: async () => {
        if (!(await agreeToForce(node))) return;
        try {
          await change(true);
        } catch (problem) {
          showProblem(problem, services.log);
        }
      },
    });
    return;
  }
  await tell(node);
}

function agreeToForce({ name, domain, host }: DiskNode): Promise<boolean> {
  return confirm(
    t('Take out by force what is in {0} of {1} on {2}?', name, domain.name, host.name),
    t('A guest that reads from it gets errors.'),
    t('By Force'),
  );
}

async function tell({ id, domain, name, host }: DiskNode): Promise<void> {
  const now = (await domain.children()).find((row) => row.id === id);
  const source = now instanceof DiskNode ? now.disk.source : undefined;
  const text = source
    ? t('{0} of {1} on {2} holds {3} now.', name, domain.name, host.name, describeSource(source))
    : t('{0} of {1} on {2} is empty now.', name, domain.name, host.name);
  void vscode.window.showInformationMessage(text);
}
