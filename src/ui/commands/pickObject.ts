import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { Explorer, ExplorerRow } from '../explorer/explorer.ts';
import type { HostNode } from '../explorer/hostNode.ts';
import type { ExplorerNode, ObjectNode } from '../explorer/node.ts';
import { fits, type ObjectKind, type Target, type TargetNode } from './command.ts';

interface ObjectItem<Node extends ObjectNode = ObjectNode> extends vscode.QuickPickItem {
  readonly node: Node;
}

/** What is below the rows of a group: the group's object is picked first, so that not all of them are opened. */
const owners: Partial<Record<ObjectKind, ObjectKind>> = {
  volume: 'pool',
  lease: 'network',
  disk: 'domain',
  interface: 'domain',
  snapshot: 'domain',
  rbdSnapshot: 'domain',
  hostdev: 'domain',
};

/** Lets a person choose among all objects, on all connected hosts, that a command is for; the selected one first. */
export async function pickObject(
  target: Target,
  explorer: Explorer,
  selected: ExplorerRow | undefined,
): Promise<TargetNode | undefined> {
  const candidates = (await Promise.all(explorer.hosts.map((host) => candidatesOf(host, target)))).flat();
  const items = candidates
    .map(itemOf)
    .sort((a, b) => Number(isAround(b.node, selected)) - Number(isAround(a.node, selected)));
  const [only] = items;
  if (!only) {
    void vscode.window.showInformationMessage(t('There is nothing that this command can be used on now.'));
    return undefined;
  }
  const alone = items.length === 1 && target.kinds.includes('host');
  const chosen = alone ? only : await choose(items);
  if (!chosen || fits(target, chosen.node)) return chosen?.node as TargetNode | undefined;
  const below = (await descendants(chosen.node, target)).map(itemOf);
  if (below.length > 0) return (await choose(below))?.node;
  void vscode.window.showInformationMessage(
    t('There is nothing in {0} that this command can be used on now.', chosen.node.name),
  );
  return undefined;
}

function choose<Node extends ObjectNode>(
  items: readonly ObjectItem<Node>[],
): Thenable<ObjectItem<Node> | undefined> {
  return vscode.window.showQuickPick(items, {
    placeHolder: t('Which one?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
}

function itemOf<Node extends ObjectNode>(node: Node): ObjectItem<Node> {
  const { description } = node.item();
  return {
    node,
    label: node.name,
    description: typeof description === 'string' ? description : '',
    detail: node.kind === 'host' ? '' : node.host.name,
  };
}

function isAround(node: ObjectNode, selected: ExplorerRow | undefined): boolean {
  for (let row: ExplorerRow | undefined = selected; row; row = row.parent) if (row === node) return true;
  return false;
}

/** The objects of the host that the command is for, and those that may have such objects below them. */
async function candidatesOf(host: HostNode, target: Target): Promise<readonly ObjectNode[]> {
  return (await objectsOn(host)).filter((node) => fits(target, node) || mayHold(node, target));
}

/** The host, and what is in the groups below it. */
export async function objectsOn(host: HostNode): Promise<readonly ObjectNode[]> {
  if (!host.host.connected) return [host];
  const groups = Object.values(await host.groups());
  return [host, ...groups.flatMap((group) => group.objects())];
}

function mayHold(node: ObjectNode, { kinds }: Target): boolean {
  return kinds.some((kind) => owners[kind] === node.kind);
}

async function descendants(parent: ExplorerNode, target: Target): Promise<readonly TargetNode[]> {
  const found: TargetNode[] = [];
  for (const node of await parent.children()) {
    if (fits(target, node)) found.push(node);
    found.push(...(await descendants(node, target)));
  }
  return found;
}
