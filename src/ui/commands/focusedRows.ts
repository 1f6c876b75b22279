import * as vscode from 'vscode';
import type { Explorer } from '../explorer/explorer.ts';
import { ExplorerNode } from '../explorer/node.ts';

/**
 * The rows that a key in the tree is meant for: the focused one, and all that are selected when it is among them.
 * Arrow keys move the focus alone, and VS Code tells extensions only the selection; so the focused row is selected or
 * not for a moment, which shows which one it is.
 */
export async function focusedRows({ view }: Explorer): Promise<readonly ExplorerNode[]> {
  const before = view.selection;
  await vscode.commands.executeCommand('list.toggleSelection');
  const toggled = view.selection;
  await vscode.commands.executeCommand('list.toggleSelection');
  const added = toggled.filter((row) => !before.includes(row));
  const rows = added.length > 0 ? added : before;
  return rows.filter((row) => row instanceof ExplorerNode);
}
