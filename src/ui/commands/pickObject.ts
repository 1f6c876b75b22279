import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { Explorer, ExplorerRow } from '../explorer/explorer.ts';
import type { HostNode } from '../explorer/hostNode.ts';
import type { ClusterNode } from '../explorer/clusters/clusterNode.ts';
import { ObjectNode, type ExplorerNode } from '../explorer/node.ts';
import { fits, type ObjectKind, type Target, type TargetNode } from './command.ts';

interface ObjectItem<Node extends ObjectNode = ObjectNode> extends vscode.QuickPickItem {
  readonly node: Node;
}

/** What is below many rows of a kind: one of those is picked first, so that not all of them are opened. */
const owners: Partial<Record<ObjectKind, ObjectKind>> = {
  volume: 'pool',
  lease: 'network',
  disk: 'domain',
  interface: 'domain',
  snapshot: 'domain',
  rbdSnapshot: 'domain',
  hostdev: 'domain',
  image: 'cephPool',
  trashedImage: 'cephPool',
  imageSnapshot: 'image',
  imageUser: 'image',
  watcher: 'image',
};

/** Which rows below a cluster may lead to the objects of a kind; the others are not opened for it. */
const waysInCluster: Partial<Record<ObjectKind, readonly ExplorerNode['kind'][]>> = {
  cluster: [],
  clusterSection: [],
  healthCheck: ['clusterSection'],
  osd: ['clusterSection', 'bucket'],
  cephUser: ['clusterSection'],
  cephPool: ['clusterSection'],
  cephNamespace: ['clusterSection', 'cephPool'],
  trash: ['clusterSection', 'cephPool'],
};
/** Lets a person choose among all objects, on all connected hosts, that a command is for; the selected one first. */
export async function pickObject(
  target: Target,
  explorer: Explorer,
  selected: ExplorerRow | undefined,
): Promise<TargetNode | undefined> {
  const [hosts, clusters] = [explorer.hosts, await explorer.clusters()];
  const candidates = (
    await Promise.all([
      ...hosts.map((host) => candidatesOf(host, target)),
      ...clusters.map((cluster) => candidatesIn(cluster, target)),
    ])
  ).flat();
  const items = candidates
    .map(itemOf)
    .sort((a, b) => Number(isAround(b.node, selected)) - Number(isAround(a.node, selected)));
  const [only] = items;
  if (!only) {
    void vscode.window.showInformationMessage(t('There is nothing that this command can be used on now.'));
    return undefined;
  }
  const alone = items.length === 1 && target.kinds.includes('host');
  let chosen = alone ? only : await choose(items);
  while (chosen && !fits(target, chosen.node)) {
    const below = (await objectsBelow(chosen.node, target)).map(itemOf);
    if (below.length === 0) {
      void vscode.window.showInformationMessage(
        t('There is nothing in {0} that this command can be used on now.', chosen.node.name),
      );
      return undefined;
    }
    chosen = await choose(below);
  }
  return chosen?.node as TargetNode | undefined;
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

/** The same of a cluster: what is in its pools is looked for when one of them is chosen. */
async function candidatesIn(cluster: ClusterNode, target: Target): Promise<readonly ObjectNode[]> {
  const first = target.kinds.map((kind) => ownersOf(kind).at(-1) ?? kind);
  if (!first.some((kind) => waysInCluster[kind])) return [];
  const ways = new Set(first.flatMap((kind) => waysInCluster[kind] ?? []));
  const visit = async (row: ExplorerNode): Promise<readonly ObjectNode[]> => {
    const own = row instanceof ObjectNode && (fits(target, row) || mayHold(row, target)) ? [row] : [];
    const isWay =
      row.kind === 'cluster' ? target.kinds.some((kind) => kind !== 'cluster') : ways.has(row.kind);
    const below = isWay ? await row.children() : [];
    return [...own, ...(await Promise.all(below.map(visit))).flat()];
  };
  return visit(cluster);
}

/** The host, and what is in the groups below it. */
export async function objectsOn(host: HostNode): Promise<readonly ObjectNode[]> {
  if (!host.host.connected) return [host];
  const groups = Object.values(await host.groups());
  return [host, ...groups.flatMap((group) => group.objects())];
}

function mayHold(node: ObjectNode, { kinds }: Target): boolean {
  return kinds.some((kind) => ownersOf(kind).some((owner) => owner === node.kind));
}

/** What is picked before an object of the kind, the nearest first. */
function ownersOf(kind: ObjectKind): readonly ObjectKind[] {
  const owner = owners[kind];
  return owner === undefined ? [] : [owner, ...ownersOf(owner)];
}

/** Never opened to look for something else: there may be thousands. */
const closed: readonly ExplorerNode['kind'][] = ['image'];

async function objectsBelow(parent: ExplorerNode, target: Target): Promise<readonly ObjectNode[]> {
  const found: ObjectNode[] = [];
  for (const node of await parent.children()) {
    if (node instanceof ObjectNode && fits(target, node)) found.push(node);
    else if (node instanceof ObjectNode && mayHold(node, target)) {
      found.push(node);
      continue;
    }
    if (!closed.includes(node.kind)) found.push(...(await objectsBelow(node, target)));
  }
  return found;
}
