import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { setBlockJobSpeed } from '../../../libvirt/blockJobs.ts';
import { blockJobName, readRunningDisk } from '../../../operations/blockJobs/blockJobState.ts';
import { endJob, followBlockJob, listenForBlockJob } from '../../../operations/blockJobs/followBlockJob.ts';
import type { DiskNode } from '../../explorer/objects/devices/diskNode.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand, type CommandServices } from '../command.ts';
import { askBandwidth } from './askBandwidth.ts';
import { onDevices } from './deviceWork.ts';
import { endCopy } from './endCopy.ts';

type Choice = 'watch' | 'speed' | 'end' | 'finish';

/** A job that somebody has started, here or elsewhere: watched, slowed down, ended or finished. */
export const showBlockJobCommand = objectCommand({
  id: 'libvirt.disk.showJob',
  on: { kinds: ['disk'], traits: ['active'] },
  run: async (node, services) => {
    const { name, domain, host } = node;
    const title = t('Looking for a job on {0} of {1} on {2}', name, domain.name, host.name);
    const found = await onDevices(domain, services, { title }, async (site, signal) => ({
      job: await blockJobName(site, node.disk.target, { signal }),
      disk: await readRunningDisk(site, node.disk.target, { signal }),
    }));
    const { job } = found;
    if (job === undefined) {
      void vscode.window.showInformationMessage(
        t('No job runs on {0} of {1} on {2}.', name, domain.name, host.name),
      );
      return;
    }
    const isReady = found.disk.mirror?.ready === true;
    const answer = await wizard(
      t('{0} {1} of {2} on {3}', job, name, domain.name, host.name),
      async (ask) => {
        const choice = await ask.pick<Choice>({
          placeholder: isReady ? t('Both images hold the same.') : t('What shall be done with it?'),
          choices: [
            ...(isReady
              ? [
                  {
                    label: t('Finish it…'),
                    description: t('one of the two goes on'),
                    value: 'finish' as const,
                  },
                ]
              : [{ label: t('Show how far it is'), value: 'watch' as const }]),
            { label: t('Change its speed…'), value: 'speed' },
            { label: t('End it'), description: t('the disk stays as it was'), value: 'end' },
          ],
        });
        return { choice, bandwidth: choice === 'speed' ? await askBandwidth(ask) : 0 };
      },
    );
    if (answer) await act(node, services, job, answer.choice, answer.bandwidth);
  },
});

async function act(
  node: DiskNode,
  services: CommandServices,
  job: string,
  choice: Choice,
  bandwidth: number,
): Promise<void> {
  const { name, domain, host, disk } = node;
  const title = t('{0} {1} of {2} on {3}', job, name, domain.name, host.name);
  switch (choice) {
    case 'finish':
      await endCopy(node, services);
      break;
    case 'speed':
      await onDevices(domain, services, { title }, (site, signal) =>
        setBlockJobSpeed(site.connection, site.domain, disk.target, bandwidth, { signal }),
      );
      break;
    case 'end':
      await onDevices(domain, services, { title }, (site) => endJob(site, disk.target));
      break;
    case 'watch': {
      const end = await onDevices(domain, services, { title }, async (site, signal, report) => {
        const heard = listenForBlockJob(site, disk.target);
        try {
          return await followBlockJob(site, disk.target, heard, { signal, report });
        } finally {
          heard.dispose();
        }
      });
      if (end === 'ready') await endCopy(node, services);
    }
  }
}
