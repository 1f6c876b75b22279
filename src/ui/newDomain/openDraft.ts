import * as vscode from 'vscode';
import type { HostSession } from '../../hosts/hostSession.ts';
import { identityOf } from '../../xml/identity.ts';
import type { CommandServices } from '../commands/command.ts';
import { documentUri } from '../documents/documentUri.ts';
import { offerOnDrafts } from './draftLenses.ts';
import { NewDomainDraft, type DraftPlan } from './newDomainDraft.ts';

/** Shows the XML of a new domain in an editor, unsaved: saving it makes the domain. */
export async function openDraft(
  text: string,
  session: HostSession,
  plan: DraftPlan,
  services: CommandServices,
): Promise<void> {
  const { drafts } = services.files;
  offerOnDrafts(services);
  const { name = '' } = identityOf(text);
  const uri = documentUri({ host: session.name, folder: 'domains', name });
  const reopen = (again: string): Promise<void> => openDraft(again, session, plan, services);
  drafts.set(uri, new NewDomainDraft('', session, plan, reopen));
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  edit.replace(uri, all, text);
  await vscode.workspace.applyEdit(edit);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  editor.selection = new vscode.Selection(0, 0, 0, 0);
  editor.revealRange(new vscode.Range(0, 0, 0, 0));
}
