import type * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';

/** Opens an object's XML when its row is selected. */
export function openDocumentCommand(document: vscode.Uri): vscode.Command {
  return { command: 'vscode.open', title: t('Open XML'), arguments: [document] };
}
