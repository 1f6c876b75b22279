import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import { isDomainXml } from '../../../operations/newDomain/template/templateXml.ts';
import { documentAddress } from '../../documents/documentUri.ts';
import { openDraft } from '../../newDomain/openDraft.ts';
import { askFromTemplate } from '../../newDomain/templateWizard.ts';
import type { CommandServices, GlobalCommand } from '../command.ts';

/** The document in front, or a file, is a template. */
export const newDomainFromDocumentCommand: GlobalCommand = {
  id: 'libvirt.domain.newFromDocument',
  run: async (services) => {
    const { registry, explorer } = services;
    const template = await findTemplate();
    if (template === undefined) return;
    const sessions = registry.sessions.filter(({ connected }) => connected !== undefined);
    if (sessions.length === 0) {
      void vscode.window.showInformationMessage(t('Connect to the host of the new domain first.'));
      return;
    }
    const own = documentAddress(template.uri)?.host;
    const likely = own === undefined ? explorer.currentHost : registry.get(own);
    const made = await askFromTemplate(template.getText(), sessions, likely, services);
    if (made) await showDraft(made, services);
  },
};

async function showDraft(
  { xml, session, volumes }: NonNullable<Awaited<ReturnType<typeof askFromTemplate>>>,
  services: CommandServices,
): Promise<void> {
  await openDraft(xml, session, { volumes, installer: undefined, whatNext: undefined }, services);
}

async function findTemplate(): Promise<vscode.TextDocument | undefined> {
  const open = vscode.window.activeTextEditor?.document;
  if (open && isDomainXml(open.getText())) return open;
  const [file] =
    (await vscode.window.showOpenDialog({
      title: t('A domain’s XML as the template'),
      filters: { XML: ['xml'] },
    })) ?? [];
  if (!file) return undefined;
  const document = await vscode.workspace.openTextDocument(file);
  if (isDomainXml(document.getText())) return document;
  void vscode.window.showErrorMessage(t('{0} is not the XML of a domain, or it has errors.', file.path));
  return undefined;
}
