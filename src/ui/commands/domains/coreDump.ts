import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { dumpDomainCore } from '../../../libvirt/domainSaving.ts';
import { CoreDump, CoreDumpFormat } from '../../../libvirt/protocol/domainFlags.ts';
import { proposeHostFile } from '../../../operations/domains/hostFile.ts';
import type { Choice } from '../../prompts/askPick.ts';
import { wizard } from '../../prompts/wizard.ts';
import { objectCommand } from '../command.ts';
import { askHostFile, mayWrite } from './askHostFile.ts';
import { onJob } from './onJob.ts';

/** libvirt makes this folder for the dumps of guests that crash. */
const folder = '/var/lib/libvirt/qemu/dump';

export const coreDumpCommand = objectCommand({
  id: 'libvirt.domain.coreDump',
  on: { kinds: ['domain'], traits: ['active'] },
  run: async (node, services) => {
    const { name, host } = node;
    const answers = await wizard(t('Dump the Memory of {0} on {1}', name, host.name), async (ask) => ({
      after: await ask.pick({ placeholder: t('What happens to the guest?'), choices: afterwards() }),
      format: await ask.pick({ placeholder: t('How is it written?'), choices: formats() }),
      path: await askHostFile(
        ask,
        t('Where on the host. It takes as much space as the guest has memory, and holds all its secrets.'),
        proposeHostFile(folder, name, 'core', new Date()),
      ),
    }));
    if (!answers || !(await mayWrite(host, answers.path))) return;
    const { after, format, path } = answers;
    const title = t('Dumping the memory of {0} on {1}', name, host.name);
    const isDone = await onJob(node, services, title, (connection, domain) =>
      dumpDomainCore(connection, domain, path, format, CoreDump.memoryOnly | after),
    );
    if (isDone)
      void vscode.window.showInformationMessage(
        t('The memory of {0} is in {1} on {2}; only root may read it.', name, path, host.name),
      );
  },
});

function afterwards(): readonly Choice<number>[] {
  return [
    {
      label: t('It pauses and goes on'),
      detail: t('Paused while its memory is written.'),
      value: 0,
    },
    {
      label: t('It is reset'),
      detail: t('As with the reset button, when all is written.'),
      value: CoreDump.reset,
    },
    { label: t('It is forced off'), detail: t('When all is written.'), value: CoreDump.crash },
  ];
}

function formats(): readonly Choice<number>[] {
  return [
    { label: 'ELF', detail: t('For gdb and crash.'), value: CoreDumpFormat.raw },
    { label: 'kdump, zlib', detail: t('Compressed, for crash alone.'), value: CoreDumpFormat.kdumpZlib },
    { label: 'kdump, lzo', detail: t('Compressed, for crash alone.'), value: CoreDumpFormat.kdumpLzo },
    { label: 'kdump, snappy', detail: t('Compressed, for crash alone.'), value: CoreDumpFormat.kdumpSnappy },
  ];
}
