import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { startDomain } from '../../../libvirt/domains.ts';
import { DomainStartProblem, explainStartFailure } from '../../../operations/domainStartProblem.ts';
import { showProblem } from '../../problems.ts';
import { objectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export const startDomainCommand = objectCommand({
  id: 'libvirt.domain.start',
  on: { kinds: ['domain'], traits: ['inactive'] },
  run: async (node, services) => {
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
        startDomain(connection, entry.ref, 0, { signal }),
      );
    } catch (error) {
      const problem = explainStartFailure(error, node.name, node.host.name);
      if (!(problem instanceof DomainStartProblem)) throw problem;
      showProblem(problem, services.log, {
        title: t('Open XML'),
        run: async () => vscode.commands.executeCommand('vscode.open', node.document),
      });
    }
  },
});
