import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { saveDomain } from '../../../libvirt/domainSaving.ts';
import { proposeHostFile } from '../../../operations/domains/hostFile.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { askHostFile, mayWrite } from './askHostFile.ts';
import { onJob } from './onJob.ts';

/** libvirt makes this folder for its own saved states, whose names have no date. */
const folder = '/var/lib/libvirt/qemu/save';

export const saveToFileCommand = objectCommand({
  id: 'libvirt.domain.saveToFile',
  on: { kinds: ['domain'], traits: ['active'] },
  run: async (node, services) => {
    const { name, host } = node;
    const path = await wizard(t('Save {0} on {1} to a File', name, host.name), (ask) =>
      askHostFile(
        ask,
        t(
          'Where on the host the memory of the guest is written. The domain stops; Restore goes on from the file.',
        ),
        proposeHostFile(folder, name, 'save', new Date()),
      ),
    );
    if (path === undefined || !(await mayWrite(host, path))) return;
    const title = t('Saving {0} on {1} to {2}', name, host.name, path);
    const isDone = await onJob(node, services, title, (connection, domain) =>
      saveDomain(connection, domain, path),
    );
    if (!isDone) return;
    void vscode.window.showInformationMessage(
      t(
        '{0} is saved in {1} on {2}. A start without this file boots the guest; its disks must not change before it is restored.',
        name,
        path,
        host.name,
      ),
    );
  },
});
