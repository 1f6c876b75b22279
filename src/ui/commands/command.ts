import type * as vscode from 'vscode';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { ConnectionView } from '../explorer/connectionView.ts';
import { explorerViewId, type Explorer } from '../explorer/explorer.ts';
import type { ExplorerNode, NodeKind } from '../explorer/node.ts';
import type { HostNode } from '../explorer/hostNode.ts';
import type { DomainNode } from '../explorer/objects/domainNode.ts';
import type { NetworkNode } from '../explorer/objects/networkNode.ts';
import type { PoolNode } from '../explorer/objects/poolNode.ts';
import type { SecretNode } from '../explorer/objects/secretNode.ts';
import type { VolumeNode } from '../explorer/objects/volumeNode.ts';
import type { LanguageSupport } from '../language/languageSupport.ts';

/** What commands work with. */
export interface CommandServices {
  readonly registry: HostRegistry;
  readonly explorer: Explorer;
  readonly connectionView: ConnectionView;
  readonly language: LanguageSupport;
  readonly log: vscode.LogOutputChannel;
}

/** A command that needs no object. */
export interface GlobalCommand {
  readonly id: string;
  run(services: CommandServices): Promise<void> | void;
}

interface NodeOf {
  readonly host: HostNode;
  readonly domain: DomainNode;
  readonly pool: PoolNode;
  readonly volume: VolumeNode;
  readonly network: NetworkNode;
  readonly secret: SecretNode;
}
export type ObjectKind = keyof NodeOf & NodeKind;
/** A row that commands can be for. */
export type TargetNode = NodeOf[ObjectKind];

/** The rows a command is for: those of the kinds that have all the traits. */
export interface Target<Kind extends ObjectKind = ObjectKind> {
  readonly kinds: readonly Kind[];
  readonly traits: readonly string[];
}

/** A command on an object of the tree: the row it was called on, the selected one, or one that is picked. */
export interface ObjectCommand<Kind extends ObjectKind = ObjectKind> {
  readonly id: string;
  readonly on: Target<Kind>;
  run(node: NodeOf[Kind], services: CommandServices): Promise<void>;
}

export type Command = GlobalCommand | ObjectCommand;

/** Declares a command whose `run` gets the node of its kinds. */
export function objectCommand<Kind extends ObjectKind>(command: ObjectCommand<Kind>): ObjectCommand {
  return {
    id: command.id,
    on: command.on,
    run: (node, services) => {
      if (!isNodeOf(node, command.on.kinds)) throw new TypeError(`${command.id} is not for a ${node.kind}`);
      return command.run(node, services);
    },
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
  return isNodeOf(node, target.kinds) && target.traits.every((trait) => node.traits.includes(trait));
}

/** The when-clause that shows a command in the menu of exactly the rows it is for; package.json has the same. */
export function whenClause({ kinds, traits }: Target): string {
  const kind = kinds.length === 1 ? kinds.join('') : `(?:${kinds.join('|')})`;
  const lookaheads = traits.map((trait) => `(?=.* ${trait}\\b)`).join('');
  return `view == ${explorerViewId} && viewItem =~ /^${kind}\\b${lookaheads}/`;
}
