import type { Disposable } from '../../base/events.ts';
import { getDomainXml } from '../../libvirt/domains.ts';
import { DomainLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import type { KnownDomain } from '../../rules/hostKnowledge.ts';
import { isActive, type DomainEntry } from '../inventory/domains.ts';
import { readDomainFacts, type DomainFacts } from './domainFacts.ts';
import { keep } from './keep.ts';
import type { KnowledgeSource } from './knowledgeSource.ts';
import { ObjectFacts, type ReadableGroup } from './objectFacts.ts';

const nothing: DomainFacts = {
  macs: [],
  disks: [],
  images: [],
  networks: [],
  nwfilters: [],
  secrets: [],
  cephLogins: [],
};

/** What the definitions of a host's domains say: one call for each, and one more when it changes. */
export class KnownDomains implements Disposable {
  readonly #group: ReadableGroup<DomainEntry>;
  readonly #facts: ObjectFacts<DomainEntry, DomainFacts>;
  #known: readonly KnownDomain[] | undefined;
  #knownAt = 0;

  constructor(source: KnowledgeSource, group: ReadableGroup<DomainEntry>) {
    this.#group = group;
    this.#facts = new ObjectFacts({
      group,
      source,
      lane: 'memory',
      read: async ({ ref }, options) =>
        readDomainFacts(await getDomainXml(source.connection, ref, { ...options, inactive: true })),
    });
  }

  start(): void {
    this.#facts.start();
  }

  /** undefined until all domains have been read. The same until one changes. */
  get known(): readonly KnownDomain[] | undefined {
    if (!this.#facts.isSettled || this.#facts.revision === this.#knownAt) return this.#known;
    this.#knownAt = this.#facts.revision;
    const now = [...this.#group.entries].map(([uuid, entry]): KnownDomain => {
      const { macs, disks } = this.factsOf(uuid);
      return { name: entry.ref.name, uuid, isActive: isActive(entry), macs, disks };
    });
    this.#known = keep(this.#known, now);
    return this.#known;
  }

  factsOf(uuid: string): DomainFacts {
    return this.#facts.get(uuid) ?? nothing;
  }

  /** Whether it did not answer: what it uses is not known. */
  isUnread(uuid: string): boolean {
    return this.#facts.get(uuid) === undefined;
  }

  handle(event: Extract<LibvirtEvent, { object: 'domain' }>): void {
    if (mayChangeDefinition(event)) this.#facts.again(event.domain.uuid);
  }

  /** Its definition was changed without an event. */
  again(uuid: string): void {
    this.#facts.again(uuid);
  }

  dispose(): void {
    this.#facts.dispose();
  }
}

/** A start does not, but tells of a device that was added to the definition alone: that has no event. */
function mayChangeDefinition(event: Extract<LibvirtEvent, { object: 'domain' }>): boolean {
  switch (event.kind) {
    case 'lifecycle':
      return event.event === DomainLifecycle.defined || event.event === DomainLifecycle.started;
    case 'deviceAdded':
    case 'deviceRemoved':
    case 'blockJob2':
      return true;
    default:
      return false;
  }
}
