import type { WaitOptions } from '../../../base/waiting.ts';
import type { LibvirtConnection } from '../../../libvirt/connection.ts';
import type { DomainRef } from '../../../libvirt/protocol/refs.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { objectCommand, type ObjectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export interface DomainCommand {
  readonly id: string;
  /** Which domains it is for. */
  readonly traits: readonly string[];
  /** What is being done, for the progress: `Rebooting web1 on kvm1`. */
  readonly title: (name: string, host: string) => string;
  readonly act: (connection: LibvirtConnection, domain: DomainRef, options: WaitOptions) => Promise<void>;
  /** What the inventory cannot hear from events. */
  readonly done?: (node: DomainNode) => void;
}

/** A command that is one call about a domain. */
export function domainCommand({ id, traits, title, act, done }: DomainCommand): ObjectCommand {
  return objectCommand({
    id,
    on: { kinds: ['domain'], traits },
    run: async (node, services) => {
      const { entry } = node;
      if (!entry) return;
      await onObject(node, services, { title: title(node.name, node.host.name) }, ({ connection }, signal) =>
        act(connection, entry.ref, { signal }),
      );
      done?.(node);
    },
  });
}
