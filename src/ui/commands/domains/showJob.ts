import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { abortDomainJob, getDomainJob } from '../../../libvirt/domainJobs.ts';
import { amountText, followDomainJob, jobName } from '../../../operations/domains/domainJob.ts';
import { confirm } from '../../prompts/confirm.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

/** A job that this or another client has started: what it is, how far, and a way to end it. */
export const showJobCommand = objectCommand({
  id: 'libvirt.domain.showJob',
  on: { kinds: ['domain'], traits: ['active'] },
  run: async (node, services) => {
    const { entry, name, host } = node;
    if (!entry) return;
    const asking = { title: t('Asking for the job of {0} on {1}', name, host.name) };
    const job = await onObject(node, services, asking, ({ connection }, signal) =>
      getDomainJob(connection, entry.ref, { signal }),
    );
    if (!job) {
      void vscode.window.showInformationMessage(t('No job is running on {0} on {1}.', name, host.name));
      return;
    }
    const seconds = Math.round(job.elapsedMs / 1000);
    const [watch, abort] = [t('Watch'), t('Abort Job…')];
    const answer = await vscode.window.showInformationMessage(
      t('{0} on {1}: {2}, {3}, for {4} s.', name, host.name, jobName(job), amountText(job) ?? '…', seconds),
      watch,
      abort,
    );
    if (answer === watch) {
      const watching = { title: t('{0} on {1}: {2}', name, host.name, jobName(job)) };
      await onObject(node, services, watching, ({ connection }, signal, report) =>
        followDomainJob(connection, entry.ref, { signal, report }),
      );
    }
    if (answer !== abort) return;
    const agreed = await confirm(
      t('Abort the {0} of {1} on {2}?', jobName(job), name, host.name),
      t('Whoever has started it is told that it failed. What it has done so far is lost.'),
      t('Abort Job'),
    );
    if (!agreed) return;
    await onObject(
      node,
      services,
      { title: t('Aborting the {0} of {1} on {2}', jobName(job), name, host.name) },
      ({ connection }, signal) => abortDomainJob(connection, entry.ref, { signal }),
    );
  },
});
