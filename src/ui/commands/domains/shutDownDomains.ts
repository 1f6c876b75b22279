import { t } from '../../../base/l10n.ts';
import { shutdownDomain } from '../../../libvirt/domains.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import type { Act, CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';
import { StopWatch } from './stopWatch.ts';

/** Asks a guest to shut down and waits for its end. @param mode of `DomainShutdown` */
export async function shutDownRow(node: DomainNode, services: CommandServices, mode: number): Promise<void> {
  const { entry } = node;
  if (!entry) return;
  const title = t('Shutting down {0} on {1}', node.name, node.host.name);
  await new StopWatch(title, services).ask(node, () =>
    onObject(node, services, { title }, ({ connection }, signal) =>
      shutdownDomain(connection, entry.ref, mode, { signal }),
    ),
  );
}

/** The same of several: one wait for all of them. */
export function shutDownDomains(services: CommandServices, mode: number): Act<DomainNode> {
  const watch = new StopWatch(t('Waiting for guests to stop'), services);
  return async (node, { connection }, signal) => {
    const { entry } = node;
    if (entry) await watch.ask(node, () => shutdownDomain(connection, entry.ref, mode, { signal }));
  };
}
