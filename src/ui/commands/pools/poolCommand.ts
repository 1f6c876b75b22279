import { t } from '../../../base/l10n.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { LibvirtConnection } from '../../../libvirt/connection.ts';
import type { PoolRef } from '../../../libvirt/protocol/refs.ts';
import { explained } from '../../../operations/pools/poolFailures.ts';
import type { PoolNode } from '../../explorer/objects/poolNode.ts';
import { objectCommand, type CommandServices, type ObjectCommand } from '../command.ts';
import { onObject } from '../onObject.ts';

export interface PoolCommand {
  readonly id: string;
  /** Which pools it is for. */
  readonly traits: readonly string[];
  /** What is being done, for the progress: `Starting the pool rbd-pool on kvm1`. */
  readonly title: (name: string, host: string) => string;
  /** The same of several: `Starting 3 pools`. */
  readonly bulkTitle: (count: number) => string;
  /** Asked first, where something may be lost. */
  readonly confirm?: (nodes: readonly PoolNode[]) => Promise<boolean>;
  readonly act: (
    connection: LibvirtConnection,
    pool: PoolRef,
    options: WaitOptions,
    node: PoolNode,
  ) => Promise<void>;
  /** What the inventory cannot hear from events. */
  readonly done?: (node: PoolNode, services: CommandServices) => void;
}

/** A command on a pool. Its storage may not answer: the wait is explained while it lasts, and the failure after it. */
export function poolCommand({
  id,
  traits,
  title,
  bulkTitle,
  confirm,
  act,
  done,
}: PoolCommand): ObjectCommand {
  return objectCommand({
    id,
    on: { kinds: ['pool'], traits },
    run: async (node, services) => {
      const { entry, name, host } = node;
      if (!entry || (confirm && !(await confirm([node])))) return;
      const progress = { title: title(name, host.name), patience: storagePatience() };
      await onObject(node, services, progress, ({ connection }, signal) =>
        explained(name, host.name, () => act(connection, entry.ref, { signal }, node)),
      );
      done?.(node, services);
    },
    bulk: {
      title: bulkTitle,
      prepare: async (nodes, services) => {
        if (confirm && !(await confirm(nodes))) return undefined;
        return async (node, { connection }, signal) => {
          const { entry, name, host } = node;
          if (!entry) return;
          await explained(name, host.name, () => act(connection, entry.ref, { signal }, node));
          done?.(node, services);
        };
      },
    },
  });
}

export function storagePatience(): { readonly afterMs: number; readonly message: string } {
  return {
    afterMs: 3000,
    message: t(
      'The storage does not answer yet. With RBD, libvirt gives up after 30 seconds; meanwhile it answers nobody about this pool.',
    ),
  };
}
