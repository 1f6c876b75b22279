import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { startDomain } from '../../../libvirt/domains.ts';
import { DomainStartProblem, explainStartFailure } from '../../../operations/domainStartProblem.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { showProblem } from '../../problems.ts';
import type { CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';

/** Starts a domain, and explains why it does not. @param flags of `DomainCreate` */
export async function startDomainRow(node: DomainNode, services: CommandServices, flags = 0): Promise<void> {
  const { entry } = node;
  if (!entry) return;
  const progress = {
    title: t('Starting {0} on {1}', node.name, node.host.name),
    patience: {
      afterMs: 10_000,
      message: t(
        'QEMU waits for something, most often for storage that does not answer. Cancelling only ends this wait; Force Off ends the start.',
      ),
    },
  };
  try {
    await onObject(node, services, progress, ({ connection }, signal) =>
      startDomain(connection, entry.ref, flags, { signal }),
    );
  } catch (error) {
    const problem = explainStartFailure(error, node.name, node.host.name);
    if (!(problem instanceof DomainStartProblem)) throw problem;
    showProblem(problem, services.log, {
      title: t('Open XML'),
      run: async () => vscode.commands.executeCommand('vscode.open', node.document),
    });
  }
}
