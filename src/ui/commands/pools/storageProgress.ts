import { t } from '../../../base/l10n.ts';
import { explained } from '../../../operations/poolProblem.ts';
import type { ConnectedHost } from '../../../hosts/hostSession.ts';
import type { PoolNode } from '../../explorer/poolNode.ts';
import type { CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';

/** Work on a pool that waits for its storage: the wait is explained while it lasts, and the failure after it. */
export function waitingForStorage(
  node: PoolNode,
  services: CommandServices,
  title: string,
  work: (host: ConnectedHost, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const patience = {
    afterMs: 3000,
    message: t(
      'The storage does not answer yet. With RBD, libvirt gives up after 30 seconds; meanwhile it answers nobody about this pool.',
    ),
  };
  return onObject(node, services, { title, patience }, (host, signal) =>
    explained(node.name, node.host.name, () => work(host, signal)),
  );
}
