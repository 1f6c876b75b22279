import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { LibvirtConnection } from '../../../libvirt/connection.ts';
import type { DomainRef } from '../../../libvirt/protocol/refs.ts';
import { runDomainJob, type JobEnd } from '../../../operations/domains/domainJob.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { afterCancel } from '../afterCancel.ts';
import type { CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';

/**
 * Does a call that is a job on the domain, with its progress. Cancelling aborts the job, and says how that ended.
 * @returns whether it was done
 */
export async function onJob(
  node: DomainNode,
  services: CommandServices,
  title: string,
  call: (connection: LibvirtConnection, domain: DomainRef) => Promise<void>,
): Promise<boolean> {
  const { entry } = node;
  if (!entry) return false;
  let job: Promise<JobEnd> | undefined;
  try {
    await onObject(node, services, { title }, ({ connection }, signal, report) => {
      job = runDomainJob(connection, entry.ref, () => call(connection, entry.ref), { signal, report });
      return job;
    });
    return true;
  } catch (error) {
    const isDone = (await afterCancel(error, job)) === 'done';
    void vscode.window.showInformationMessage(
      isDone
        ? t('{0}: it was done before it could be cancelled.', title)
        : t('{0}: cancelled, and the domain goes on as before.', title),
    );
    return isDone;
  }
}
