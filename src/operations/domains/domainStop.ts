import type { Disposable } from '../../base/events.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { DomainLifecycle } from '../../libvirt/protocol/eventDetails.ts';

/** Listens for the end of a domain from now on. */
export interface DomainStop extends Disposable {
  /** Resolves when the domain has stopped, for whatever reason; rejects when the connection ends before. */
  readonly stopped: Promise<void>;
}

/** The connection must be subscribed to the lifecycle of domains. */
export function listenForStop(connection: LibvirtConnection, uuid: string): DomainStop {
  const listeners: Disposable[] = [];
  const dispose = (): void => {
    for (const listener of listeners.splice(0)) listener.dispose();
  };
  const stopped = new Promise<void>((resolve, reject) => {
    listeners.push(
      connection.onEvent((event) => {
        if (event.object !== 'domain' || event.kind !== 'lifecycle') return;
        if (event.domain.uuid !== uuid || event.event !== DomainLifecycle.stopped) return;
        dispose();
        resolve();
      }),
      connection.onClose((error) => {
        dispose();
        reject(error);
      }),
    );
  });
  stopped.catch(() => undefined);
  return { stopped, dispose };
}
