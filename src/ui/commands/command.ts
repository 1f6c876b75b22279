import type * as vscode from 'vscode';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { ConnectedHost } from '../../hosts/hostSession.ts';
import type { GroupName } from '../../hosts/inventory/inventory.ts';
import type { DoctorReports } from '../doctor/doctorReports.ts';
import type { FoundProblems } from '../doctor/foundProblems.ts';
import type { LibvirtFileSystem } from '../documents/libvirtFileSystem.ts';
import type { ClustersOfHosts } from '../clustersOfHosts.ts';
import type { ConnectionView } from '../explorer/connectionView.ts';
import { explorerViewId, type Explorer } from '../explorer/explorer.ts';
import { traitsOf, type ExplorerNode, type NodeKind } from '../explorer/node.ts';
import type { CephPoolNode } from '../explorer/clusters/cephPoolNode.ts';
import type { CephUserNode } from '../explorer/clusters/cephUserNode.ts';
import type { ClusterNode } from '../explorer/clusters/clusterNode.ts';
import type { ClusterSection } from '../explorer/clusters/clusterSection.ts';
import type { HealthCheckNode } from '../explorer/clusters/healthCheckNode.ts';
import type { ImageNode } from '../explorer/clusters/imageNode.ts';
import type { ImageSnapshotNode } from '../explorer/clusters/imageSnapshotNode.ts';
import type { ImageUserNode, WatcherNode } from '../explorer/clusters/imageUserNodes.ts';
import type { NamespaceNode } from '../explorer/clusters/namespaceNode.ts';
import type { OsdNode } from '../explorer/clusters/osdNode.ts';
import type { TrashedImageNode, TrashNode } from '../explorer/clusters/trashNode.ts';
import type { HostNode } from '../explorer/hostNode.ts';
import type { DiskNode } from '../explorer/objects/devices/diskNode.ts';
import type { HostDeviceNode } from '../explorer/objects/devices/hostDeviceNode.ts';
import type { InterfaceNode } from '../explorer/objects/devices/interfaceNode.ts';
import type { DomainNode } from '../explorer/objects/domainNode.ts';
import type { FavouriteNode } from '../explorer/objects/favouriteNode.ts';
import type { LeaseNode } from '../explorer/objects/leaseNode.ts';
import type { NetworkNode } from '../explorer/objects/networkNode.ts';
import type { PoolNode } from '../explorer/objects/poolNode.ts';
import type { RbdSnapshotNode } from '../explorer/objects/rbdSnapshotNode.ts';
import type { RbdSnapshotsNode } from '../explorer/objects/rbdSnapshotsNode.ts';
import type { SecretNode } from '../explorer/objects/secretNode.ts';
import type { SnapshotNode } from '../explorer/objects/snapshotNode.ts';
import type { SnapshotsNode } from '../explorer/objects/snapshotsNode.ts';
import type { VolumeNode } from '../explorer/objects/volumeNode.ts';
import type { LanguageSupport } from '../language/languageSupport.ts';
import type { PlanDocuments } from '../plans/planDocuments.ts';

/** What commands work with. */
export interface CommandServices {
  readonly registry: HostRegistry;
  readonly clusters: ClustersOfHosts;
  readonly explorer: Explorer;
  readonly connectionView: ConnectionView;
  readonly language: LanguageSupport;
  /** Where documents of objects that are still to be made are put. */
  readonly files: LibvirtFileSystem;
  /** Where procedures of several steps are shown before they run. */
  readonly plans: PlanDocuments;
  readonly doctor: {
    readonly reports: DoctorReports;
    readonly found: FoundProblems;
  };
  readonly log: vscode.LogOutputChannel;
  /** What menus and the palette call a command. */
  readonly titleOf: (id: string) => string;
}

/** A command that needs no object. */
export interface GlobalCommand {
  readonly id: string;
  run(services: CommandServices): Promise<void> | void;
}

interface NodeOf {
  readonly host: HostNode;
  readonly domain: DomainNode;
  readonly disk: DiskNode;
  readonly interface: InterfaceNode;
  readonly hostdev: HostDeviceNode;
  readonly pool: PoolNode;
  readonly volume: VolumeNode;
  readonly network: NetworkNode;
  readonly lease: LeaseNode;
  readonly secret: SecretNode;
  readonly favourite: FavouriteNode;
  readonly snapshots: SnapshotsNode;
  readonly snapshot: SnapshotNode;
  readonly rbdSnapshots: RbdSnapshotsNode;
  readonly rbdSnapshot: RbdSnapshotNode;
  readonly cluster: ClusterNode;
  readonly clusterSection: ClusterSection;
  readonly healthCheck: HealthCheckNode;
  readonly osd: OsdNode;
  readonly cephPool: CephPoolNode;
  readonly cephNamespace: NamespaceNode;
  readonly cephUser: CephUserNode;
  readonly image: ImageNode;
  readonly imageSnapshot: ImageSnapshotNode;
  readonly imageUser: ImageUserNode;
  readonly watcher: WatcherNode;
  readonly trash: TrashNode;
  readonly trashedImage: TrashedImageNode;
}
export type ObjectKind = keyof NodeOf & NodeKind;
/** A row that commands can be for. */
export type TargetNode = NodeOf[ObjectKind];

/** The rows a command is for: those of the kinds that have all the traits. */
export interface Target<Kind extends ObjectKind = ObjectKind> {
  readonly kinds: readonly Kind[];
  readonly traits: readonly string[];
  /** Of a command on hosts that makes something: the group rows below a host that show it too. */
  readonly groups?: readonly GroupName[];
  /** The same of a command on clusters: the headings below a cluster, by their keys. */
  readonly sections?: readonly string[];
}

/** Does it to one object, without asking. */
export type Act<Node> = (node: Node, host: ConnectedHost, signal: AbortSignal) => Promise<void>;

/** How a command is done to several objects at once, see `runInBulk`. */
export interface Bulk<Node> {
  /** What is being done: `Starting {0} domains`. */
  readonly title: (count: number) => string;
  /** Asks once for all of them what must be asked; undefined when the person thinks better of it. */
  readonly prepare: (nodes: readonly Node[], services: CommandServices) => Promise<Act<Node> | undefined>;
}

/** A command on an object of the tree: the row it was called on, the selected one, or one that is picked. */
export interface ObjectCommand<Kind extends ObjectKind = ObjectKind> {
  readonly id: string;
  readonly on: Target<Kind>;
  run(node: NodeOf[Kind], services: CommandServices): Promise<void>;
  /** Without it, the command is for one object at a time. */
  readonly bulk?: Bulk<NodeOf[Kind]>;
}

export type Command = GlobalCommand | ObjectCommand;

/** Declares a command whose `run` gets the node of its kinds. */
export function objectCommand<Kind extends ObjectKind>(command: ObjectCommand<Kind>): ObjectCommand {
  const { id, on, bulk } = command;
  const own = (node: ExplorerNode): NodeOf[Kind] => {
    if (!isNodeOf(node, on.kinds)) throw new TypeError(`${id} is not for a ${node.kind}`);
    return node;
  };
  return {
    id,
    on,
    run: (node, services) => command.run(own(node), services),
    ...(bulk && {
      bulk: {
        title: bulk.title,
        prepare: async (nodes, services) => {
          const act = await bulk.prepare(nodes.map(own), services);
          return act && ((node, host, signal) => act(own(node), host, signal));
        },
      },
    }),
  };
}

function isNodeOf<Kind extends ObjectKind>(node: ExplorerNode, kinds: readonly Kind[]): node is NodeOf[Kind] {
  return kinds.some((kind) => kind === node.kind);
}

export function isObjectCommand(command: Command): command is ObjectCommand {
  return 'on' in command;
}

/** Whether the command is for this row, as it is now. */
export function fits(target: Target, node: ExplorerNode): node is TargetNode {
  return isNodeOf(node, target.kinds) && target.traits.every((trait) => traitsOf(node).includes(trait));
}

/** The when-clauses that show a command in the menus of exactly the rows it is for; package.json has the same. */
export function whenClauses({ on, bulk }: Pick<ObjectCommand, 'on' | 'bulk'>): readonly string[] {
  const kind = on.kinds.length === 1 ? on.kinds.join('') : `(?:${on.kinds.join('|')})`;
  const one = bulk ? '' : ' && !listMultiSelection';
  return [
    `${rowsLike(kind, on.traits)}${one}`,
    ...(on.groups ?? []).map((group) => `${rowsLike('group', [group, ...on.traits])}${one}`),
    ...(on.sections ?? []).map((key) => `${rowsLike('clusterSection', [key, ...on.traits])}${one}`),
  ];
}

function rowsLike(kind: string, traits: readonly string[]): string {
  const lookaheads = traits.map((trait) => `(?=.* ${trait}\\b)`).join('');
  return `view == ${explorerViewId} && viewItem =~ /^${kind}\\b${lookaheads}/`;
}
