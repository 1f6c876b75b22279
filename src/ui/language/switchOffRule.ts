import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { Diagnosis } from '../../rules/checkDocument.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { indentationAt } from '../../xml/indentation.ts';
import { placeAt } from '../../xml/queries.ts';
import { turnOffRule } from '../settings/ruleSettings.ts';

const commandId = 'libvirt.turnOffRule';

/** The command behind the actions; it takes the id of a rule. */
export function registerSwitchOff(): vscode.Disposable {
  return vscode.commands.registerCommand(commandId, turnOffRule);
}

/** What to do about a rule that is not wanted: nowhere any more, or, in a file that keeps comments, not here. */
export function switchOffActions(
  document: vscode.TextDocument,
  xml: XmlDocument,
  { code, range }: Diagnosis,
): vscode.CodeAction[] {
  const everywhere = new vscode.CodeAction(t('Turn off the rule {0}', code), vscode.CodeActionKind.QuickFix);
  everywhere.command = { command: commandId, title: everywhere.title, arguments: [code] };
  // libvirt keeps no comments: in the definition of an object one would be gone with the next save.
  return document.uri.scheme === 'file'
    ? [...hereAlone(document, xml, code, range.start), everywhere]
    : [everywhere];
}

function hereAlone(
  document: vscode.TextDocument,
  xml: XmlDocument,
  code: string,
  offset: number,
): vscode.CodeAction[] {
  const { node } = placeAt(xml, offset);
  const element = node?.kind === 'element' ? node : node?.parent;
  const indentation = element && indentationAt(xml.text, element.range.start);
  if (element === undefined || indentation === undefined) return [];
  const action = new vscode.CodeAction(
    t('Turn off the rule {0} for this <{1}>', code, element.name),
    vscode.CodeActionKind.QuickFix,
  );
  action.edit = new vscode.WorkspaceEdit();
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  const comment = `<!-- libvirt-lint disable ${code} -->${eol}${indentation}`;
  action.edit.insert(document.uri, document.positionAt(element.range.start), comment);
  return [action];
}
