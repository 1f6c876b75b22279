import type { LibvirtConnection } from '../../libvirt/connection.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import { SecretLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import type { SecretRef } from '../../libvirt/protocol/refs.ts';
import { listSecrets } from '../../libvirt/secrets.ts';
import { ObjectGroup } from './objectGroup.ts';

export interface SecretEntry {
  readonly ref: SecretRef;
}

type SecretEvent = Extract<LibvirtEvent, { object: 'secret' }>;

export class SecretGroup extends ObjectGroup<SecretEntry, SecretEvent> {
  readonly #connection: LibvirtConnection;

  constructor(connection: LibvirtConnection) {
    super();
    this.#connection = connection;
  }

  protected async read(): Promise<ReadonlyMap<string, SecretEntry>> {
    const refs = await listSecrets(this.#connection);
    return new Map(refs.map((ref) => [ref.uuid, { ref }]));
  }

  protected apply(event: SecretEvent): void {
    const { secret: ref } = event;
    if (event.kind === 'lifecycle' && event.event === SecretLifecycle.undefined) this.remove(ref.uuid);
    else this.put(ref.uuid, { ref });
  }
}
