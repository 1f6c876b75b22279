import { parseGuests, type GuestCapabilities } from '../../libvirt/model/capabilities.ts';
import {
  parseDomainCapabilities,
  type DomainCapabilitiesModel,
} from '../../libvirt/model/domainCapabilities.ts';
import { getCapabilities, getDomainCapabilities } from '../../libvirt/node.ts';
import { isSameKind } from '../../rules/sameKind.ts';
import type { DomainKind, KnownDomainCapabilities, KnownGuest } from '../../rules/hostKnowledge.ts';
import type { KnowledgeSource } from './knowledgeSource.ts';

/** A document that is being typed asks for many kinds; a host has few. */
const maxKinds = 64;

/** What guests of a host can be: one call, and one for each kind of machine that a document asks for. */
export class KnownCapabilities {
  readonly #source: KnowledgeSource;
  readonly #asked: DomainKind[] = [];
  #guests: readonly GuestCapabilities[] | undefined;
  #known: readonly KnownGuest[] | undefined;
  #domainCapabilities: readonly KnownDomainCapabilities[] | undefined;
  #started = false;
  /** Kinds that are looked at once the guests are known. */
  #early: readonly DomainKind[] = [];

  constructor(source: KnowledgeSource) {
    this.#source = source;
  }

  /** undefined until they have been read. */
  get guests(): readonly KnownGuest[] | undefined {
    return this.#known;
  }

  /** undefined until the first has been read. The same until there are more. */
  get domainCapabilities(): readonly KnownDomainCapabilities[] | undefined {
    return this.#domainCapabilities;
  }

  /** Reads the guests and what the default machine can do. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#readGuests().catch(() => {
      // A driver without capabilities: they stay unknown.
    });
    this.#ask({});
  }

  want(kinds: readonly DomainKind[]): void {
    if (!this.#guests) {
      this.#early = [...this.#early, ...kinds].slice(-maxKinds);
      return;
    }
    for (const kind of kinds) if (isOfHost(kind, this.#guests)) this.#ask(kind);
  }

  async #readGuests(): Promise<void> {
    const xml = await this.#source.reads.read({
      lane: 'memory',
      work: (options) => getCapabilities(this.#source.connection, options),
      urgent: true,
    });
    // Here and below the copies do not keep the XML in memory.
    this.#guests = structuredClone(await parseGuests(xml));
    this.#known = this.#guests.map(knownGuest);
    this.want(this.#early);
    this.#source.changed();
  }

  #ask(kind: DomainKind): void {
    if (this.#asked.length >= maxKinds || this.#asked.some((known) => isSameKind(known, kind))) return;
    this.#asked.push(kind);
    this.#read(kind).catch(() => {
      // The host refuses such a machine, or the driver knows no such question: it stays unknown.
    });
  }

  async #read(kind: DomainKind): Promise<void> {
    const { emulator, architecture: arch, machine, virtType } = kind;
    const xml = await this.#source.reads.read({
      lane: 'memory',
      work: (options) =>
        getDomainCapabilities(this.#source.connection, { emulator, arch, machine, virtType }, options),
      urgent: true,
    });
    const found = knownDomainCapabilities(structuredClone(await parseDomainCapabilities(xml)), kind);
    const before = this.#domainCapabilities ?? [];
    const same = before.find((one) => isOfSameMachine(one, found));
    this.#domainCapabilities = same
      ? before.map((one) => (one === same ? { ...one, kinds: [...one.kinds, kind] } : one))
      : [...before, found];
    this.#source.changed();
  }
}

/**
 * Whether the host has all that the kind names. libvirt would run any other program that is named as emulator, to see
 * what it can do: opening a document must not do that.
 */
function isOfHost(
  { emulator, architecture, machine, virtType }: DomainKind,
  guests: readonly GuestCapabilities[],
): boolean {
  return guests.some((guest) => {
    const ways = [...guest.emulators].filter(
      ([type, program]) =>
        (virtType === undefined || type === virtType) && (emulator === undefined || program === emulator),
    );
    return (
      ways.length > 0 &&
      (architecture === undefined || guest.architecture === architecture) &&
      (machine === undefined || guest.machines.includes(machine))
    );
  });
}

function knownGuest({ osType, architecture, emulators, machines, aliases }: GuestCapabilities): KnownGuest {
  const [emulator] = emulators.values();
  return { architecture, osType, virtTypes: [...emulators.keys()], emulator, machines, aliases };
}

function knownDomainCapabilities(
  { cpuModels, machine, ...model }: DomainCapabilitiesModel,
  kind: DomainKind,
): KnownDomainCapabilities {
  const named = (isUsable: boolean): readonly string[] =>
    cpuModels.flatMap(({ name, usable }) => ((usable !== 'no') === isUsable ? [name] : []));
  const known = {
    ...model,
    machine: machine ?? '',
    cpuModels: { usable: named(true), unusable: named(false) },
  };
  return { ...known, kinds: [kind] };
}

function isOfSameMachine(one: KnownDomainCapabilities, other: KnownDomainCapabilities): boolean {
  return (
    one.emulator === other.emulator &&
    one.architecture === other.architecture &&
    one.machine === other.machine &&
    one.virtType === other.virtType
  );
}
