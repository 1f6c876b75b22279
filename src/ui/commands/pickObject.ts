import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { Explorer } from '../explorer/explorer.ts';
import type { HostNode } from '../explorer/hostNode.ts';
import type { ExplorerNode } from '../explorer/node.ts';
import { fits, type Target, type TargetNode } from './command.ts';

interface ObjectItem extends vscode.QuickPickItem {
  readonly node: TargetNode;
}

/** Lets a person choose among all objects, on all connected hosts, that a command is for; the selected one first. */
export async function pickObject(
  target: Target,
  explorer: Explorer,
  selected: ExplorerNode | undefined,
): Promise<TargetNode | undefined> {
  const items = (await Promise.all(explorer.hosts.map((host) => itemsOf(host, target))))
    .flat()
    .sort((a, b) => Number(b.node === selected) - Number(a.node === selected));
  const [only] = items;
  if (!only) {
    void vscode.window.showInformationMessage(t('There is nothing that this command can be used on now.'));
    return undefined;
  }
  if (items.length === 1 && target.kinds.includes('host')) return only.node;
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: t('Which one?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.node;
}

async function itemsOf(host: HostNode, target: Target): Promise<readonly ObjectItem[]> {
  const nodes: TargetNode[] = [];
  if (fits(target, host)) nodes.push(host);
  if (host.host.connected) {
    for (const group of Object.values(await host.groups())) await collect(group, target, nodes);
  }
  return nodes.map((node) => {
    const { description } = node.item();
    return {
      node,
      label: node.name,
      description: typeof description === 'string' ? description : '',
      detail: node === host ? '' : node.host.name,
    };
  });
}

/** Volumes are below their pools: pools are only opened when volumes are asked for. */
async function collect(parent: ExplorerNode, target: Target, found: TargetNode[]): Promise<void> {
  for (const node of await parent.children()) {
    if (fits(target, node)) found.push(node);
    if (node.kind === 'pool' && target.kinds.includes('volume')) await collect(node, target, found);
  }
}
