import type { WaitOptions } from '../../../base/waiting.ts';
import type { LibvirtConnection } from '../../../libvirt/connection.ts';
import type { DomainRef } from '../../../libvirt/protocol/refs.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { objectCommand, type Act, type ObjectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export interface DomainCommand {
  readonly id: string;
  /** Which domains it is for. */
  readonly traits: readonly string[];
  /** What is being done, for the progress: `Rebooting web1 on kvm1`. */
  readonly title: (name: string, host: string) => string;
  /** The same of several: `Rebooting 12 domains`. */
  readonly bulkTitle: (count: number) => string;
  /** Asked first, where something may be lost. */
  readonly confirm?: (nodes: readonly DomainNode[]) => Promise<boolean>;
  readonly act: (connection: LibvirtConnection, domain: DomainRef, options: WaitOptions) => Promise<void>;
  /** What the inventory cannot hear from events. */
  readonly done?: (node: DomainNode) => void;
}

/** A command that is one call about a domain. */
export function domainCommand({
  id,
  traits,
  title,
  bulkTitle,
  confirm,
  act,
  done,
}: DomainCommand): ObjectCommand {
  return objectCommand({
    id,
    on: { kinds: ['domain'], traits },
    run: async (node, services) => {
      const { entry } = node;
      if (!entry || (confirm && !(await confirm([node])))) return;
      await onObject(node, services, { title: title(node.name, node.host.name) }, ({ connection }, signal) =>
        act(connection, entry.ref, { signal }),
      );
      done?.(node);
    },
    bulk: {
      title: bulkTitle,
      prepare: async (nodes): Promise<Act<DomainNode> | undefined> => {
        if (confirm && !(await confirm(nodes))) return undefined;
        return async (node, { connection }, signal) => {
          if (!node.entry) return;
          await act(connection, node.entry.ref, { signal });
          done?.(node);
        };
      },
    },
  });
}
