import * as vscode from 'vscode';
import { messageOf, Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { parseHostAddress } from '../../../hosts/hostAddress.ts';
import { uniqueName } from '../../../hosts/hostRegistry.ts';
import { readHosts, writeHosts } from '../../settings/hostSettings.ts';
import type { GlobalCommand } from '../command.ts';

export const addHostCommand: GlobalCommand = {
  id: 'libvirt.host.add',
  run: async ({ registry, explorer }) => {
    const given = await vscode.window.showInputBox({
      title: t('Add Host'),
      prompt: t('An alias of your SSH configuration, user@host:port, or a libvirt URI.'),
      placeHolder: 'kvm1, root@kvm1:22, qemu+ssh://root@kvm1/system, qemu:///system, test:///default',
      ignoreFocusOut: true,
      validateInput: faultOf,
    });
    if (given === undefined) return;
    const address = parseHostAddress(given);
    const name = uniqueName(address.suggestedName, registry.sessions);
    const hosts = [...readHosts(), { uri: address.uri, name }];
    await writeHosts(hosts);
    registry.apply(hosts);
    const node = explorer.hosts.find((host) => host.name === name);
    if (node) await explorer.view.reveal(node, { select: true, focus: true, expand: true });
  },
};

function faultOf(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  try {
    parseHostAddress(text);
    return undefined;
  } catch (error) {
    return sentences(messageOf(error), error instanceof Problem ? error.advice : undefined);
  }
}
