import type { Disposable } from '../../base/events.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { isLibvirtError } from '../../libvirt/errors.ts';
import { ErrorCode } from '../../libvirt/protocol/errorCodes.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import type { SecretRef } from '../../libvirt/protocol/refs.ts';
import { getSecretValue, usageTypeName } from '../../libvirt/secrets.ts';
import type { KnownSecret } from '../../rules/hostKnowledge.ts';
import type { SecretEntry } from '../inventory/secrets.ts';
import { keep } from './keep.ts';
import type { KnowledgeSource } from './knowledgeSource.ts';
import { ObjectFacts, type ReadableGroup } from './objectFacts.ts';

type SecretFacts = Pick<KnownSecret, 'hasValue'>;

/** The group is told what was found out. */
interface SecretsOfHost extends ReadableGroup<SecretEntry> {
  noteValue(uuid: string, hasValue: boolean): void;
}

/** The secrets of a host as they are listed, and once asked for, whether they have a value. */
export class KnownSecrets implements Disposable {
  readonly #group: SecretsOfHost;
  readonly #facts: ObjectFacts<SecretEntry, SecretFacts>;
  #known: readonly KnownSecret[] | undefined;

  constructor(source: KnowledgeSource, group: SecretsOfHost) {
    this.#group = group;
    this.#facts = new ObjectFacts({
      group,
      source,
      lane: 'memory',
      urgent: true,
      read: async ({ ref }, options) => {
        const hasValue = await readHasValue(source.connection, ref, options);
        if (hasValue !== undefined) group.noteValue(ref.uuid, hasValue);
        return { hasValue };
      },
    });
  }

  startValues(): void {
    this.#facts.start();
  }

  /** undefined until they are listed. The same until one changes. */
  get known(): readonly KnownSecret[] | undefined {
    if (this.#group.status.kind !== 'loaded') return this.#known;
    const now = [...this.#group.entries].map(([uuid, { ref }]): KnownSecret => {
      return {
        uuid,
        usageType: usageTypeName(ref.usageType),
        usageId: ref.usageId === '' ? undefined : ref.usageId,
        hasValue: this.#facts.get(uuid)?.hasValue,
      };
    });
    this.#known = keep(this.#known, now);
    return this.#known;
  }

  handle(event: Extract<LibvirtEvent, { object: 'secret' }>): void {
    this.#facts.again(event.secret.uuid);
  }

  dispose(): void {
    this.#facts.dispose();
  }
}

/** libvirt has no other question than for the value itself, which is wiped at once. A private secret does not tell. */
async function readHasValue(
  connection: LibvirtConnection,
  secret: SecretRef,
  options: WaitOptions,
): Promise<boolean | undefined> {
  try {
    (await getSecretValue(connection, secret, options)).fill(0);
    return true;
  } catch (error) {
    return isLibvirtError(error, ErrorCode.noSecret) ? false : undefined;
  }
}
