import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { SecretLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import type { SecretRef } from '../../libvirt/protocol/refs.ts';
import { ListSecrets } from '../../libvirt/protocol/secret.ts';
import { listSecrets } from '../../libvirt/secrets.ts';
import { ObjectGroup } from './objectGroup.ts';

export interface SecretEntry {
  readonly ref: SecretRef;
  /** libvirt tells its value to nobody. As far as it has been read. */
  readonly private: boolean;
  /** It is gone when libvirt restarts. As far as it has been read. */
  readonly ephemeral: boolean;
  /** Whether a value is set; undefined until somebody has asked or set it. */
  readonly hasValue: boolean | undefined;
}

type SecretEvent = Extract<LibvirtEvent, { object: 'secret' }>;

export class SecretGroup extends ObjectGroup<SecretEntry, SecretEvent> {
  readonly #connection: LibvirtConnection;
  #private: ReadonlySet<string> = new Set();
  #ephemeral: ReadonlySet<string> = new Set();
  #kindsWanted = 0;

  constructor(connection: LibvirtConnection) {
    super();
    this.#connection = connection;
  }

  /** Reads which ones are private and which ephemeral: the list can be drawn without it, so it is read after it. */
  async readKinds(): Promise<void> {
    if (this.entries.size === 0) return;
    const turn = ++this.#kindsWanted;
    const [secret, ephemeral] = await Promise.all([
      listSecrets(this.#connection, ListSecrets.private),
      listSecrets(this.#connection, ListSecrets.ephemeral),
    ]);
    if (turn !== this.#kindsWanted) return;
    this.#private = uuidsOf(secret);
    this.#ephemeral = uuidsOf(ephemeral);
    for (const [uuid, entry] of this.entries) {
      const kinds = this.#kindsOf(uuid);
      if (kinds.private !== entry.private || kinds.ephemeral !== entry.ephemeral) this.update(uuid, kinds);
    }
  }

  /** Whoever has learned whether a value is set says so. */
  noteValue(uuid: string, hasValue: boolean): void {
    if (this.entries.get(uuid)?.hasValue !== hasValue) this.update(uuid, { hasValue });
  }

  #kindsOf(uuid: string): Pick<SecretEntry, 'private' | 'ephemeral'> {
    return { private: this.#private.has(uuid), ephemeral: this.#ephemeral.has(uuid) };
  }

  protected async read(): Promise<ReadonlyMap<string, SecretEntry>> {
    const refs = await listSecrets(this.#connection);
    return new Map(refs.map((ref) => [ref.uuid, { ref, ...this.#kindsOf(ref.uuid), hasValue: undefined }]));
  }

  protected apply(event: SecretEvent): void {
    const { secret: ref } = event;
    // One that nobody has seen before is new, and new ones have no value.
    const fresh: SecretEntry = { ref, private: false, ephemeral: false, hasValue: false };
    const entry = this.entries.get(ref.uuid) ?? fresh;
    if (event.kind !== 'lifecycle') {
      this.put(ref.uuid, { ...entry, ref, hasValue: true });
      return;
    }
    if (event.event === SecretLifecycle.undefined) {
      this.remove(ref.uuid);
      return;
    }
    this.put(ref.uuid, { ...entry, ref });
    // A connection that has ended shows in the host's row.
    this.readKinds().catch(() => undefined);
  }
}

function uuidsOf(refs: readonly SecretRef[]): ReadonlySet<string> {
  return new Set(refs.map(({ uuid }) => uuid));
}
