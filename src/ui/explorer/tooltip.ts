import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';

/** One part of a tooltip, as Markdown in which all names and texts are escaped. */
type Part = string | undefined;

/** Texts from a host are data: nothing in them is read as Markdown. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!~|<>&$]/g, '\\$&').replace(/\s*\n\s*/g, '  \n');
}

export function heading(text: string): string {
  return `**${escape(text)}**`;
}

/** A list of `label: value`; what has no value is left out. */
export function facts(rows: readonly (readonly [label: string, value: string | undefined])[]): string {
  return rows
    .filter(([, value]) => value !== undefined)
    .map(([label, value]) => t('{0}: {1}', escape(label), escape(value ?? '')))
    .join('  \n');
}

export function plain(text: string): string {
  return escape(text);
}

/** The parts below each other. */
export function tooltip(...parts: readonly Part[]): vscode.MarkdownString {
  return new vscode.MarkdownString(parts.filter((part) => part !== undefined && part !== '').join('\n\n'));
}
