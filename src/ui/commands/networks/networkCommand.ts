import type { ReportProgress } from '../../../base/progress.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { NetworkRef } from '../../../libvirt/protocol/refs.ts';
import type { NetworkHost } from '../../../operations/networks/createNetwork.ts';
import { explainNetworkFailure } from '../../../operations/networks/networkProblem.ts';
import type { NetworkNode } from '../../explorer/objects/networkNode.ts';
import { objectCommand, type CommandServices, type ObjectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export interface NetworkWork extends WaitOptions {
  readonly node: NetworkNode;
  readonly report?: ReportProgress | undefined;
}

export interface NetworkCommand {
  readonly id: string;
  /** Which networks it is for. */
  readonly traits: readonly string[];
  /** What is being done, for the progress: `Starting the network default on kvm1`. */
  readonly title: (name: string, host: string) => string;
  /** The same of several: `Starting 3 networks`. */
  readonly bulkTitle: (count: number) => string;
  /** Asked first, where something may be lost. */
  readonly confirm?: (nodes: readonly NetworkNode[]) => Promise<boolean>;
  readonly act: (host: NetworkHost, network: NetworkRef, work: NetworkWork) => Promise<void>;
  /** What the inventory cannot hear from events. */
  readonly done?: (node: NetworkNode, services: CommandServices) => void;
}

/** A command on a network; a failure comes out explained. */
export function networkCommand(command: NetworkCommand): ObjectCommand {
  const { id, traits, title, bulkTitle, confirm, act, done } = command;
  const work = async (host: NetworkHost, given: NetworkWork): Promise<void> => {
    const { node } = given;
    if (!node.entry) return;
    try {
      await act(host, node.entry.ref, given);
    } catch (error) {
      throw explainNetworkFailure(error, node.name, host.name);
    }
  };
  return objectCommand({
    id,
    on: { kinds: ['network'], traits },
    run: async (node, services) => {
      const { name, host } = node;
      if (confirm && !(await confirm([node]))) return;
      await onObject(node, services, { title: title(name, host.name) }, ({ connection }, signal, report) =>
        work({ name: host.name, connection }, { node, signal, report }),
      );
      done?.(node, services);
    },
    bulk: {
      title: bulkTitle,
      prepare: async (nodes, services) => {
        if (confirm && !(await confirm(nodes))) return undefined;
        return async (node, { connection }, signal) => {
          await work({ name: node.host.name, connection }, { node, signal });
          done?.(node, services);
        };
      },
    },
  });
}
