import * as vscode from 'vscode';
import { sentences } from '../../base/sentences.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import { ExplorerNode } from './node.ts';

export interface MessageContent {
  readonly icon: vscode.ThemeIcon;
  readonly text: string;
  readonly detail?: string | undefined;
  readonly command?: vscode.Command | undefined;
}

/** A row that says something: that a host is not connected and why, that a list cannot be read. */
export class MessageNode extends ExplorerNode {
  readonly kind = 'message';
  readonly id: string;
  readonly host: HostSession;
  readonly #content: MessageContent;

  constructor(parent: ExplorerNode, key: string, content: MessageContent) {
    super(parent);
    this.host = parent.host;
    this.id = `${parent.id}/message/${key}`;
    this.#content = content;
  }

  item(): vscode.TreeItem {
    const { icon, text, detail, command } = this.#content;
    const item = new vscode.TreeItem(text);
    item.iconPath = icon;
    item.tooltip = detail === undefined ? text : `${text}\n${detail}`;
    item.accessibilityInformation = { label: sentences(text, detail) };
    if (command) item.command = command;
    return item;
  }
}
