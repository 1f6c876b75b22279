import { Emitter, type Disposable, type Event } from '../../base/events.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { getLibvirtVersion } from '../../libvirt/node.ts';
import { listNwfilters } from '../../libvirt/nwfilters.ts';
import { DomainLifecycle } from '../../libvirt/protocol/eventDetails.ts';
import type { LibvirtEvent } from '../../libvirt/protocol/events.ts';
import type { HostKnowledge, KnownDomain, KnownSecret, KnownVolume } from '../../rules/hostKnowledge.ts';
import type { Transport } from '../../transport/transport.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { BackgroundReads } from './backgroundReads.ts';
import { readBridges } from './bridges.ts';
import type { DocumentNeeds } from './documentNeeds.ts';
import { hasSameParts } from './keep.ts';
import { KnownCapabilities } from './knownCapabilities.ts';
import { KnownDomains } from './knownDomains.ts';
import { KnownFiles } from './knownFiles.ts';
import { KnownNetworks } from './knownNetworks.ts';
import { KnownPools } from './knownPools.ts';
import { KnownSecrets } from './knownSecrets.ts';
import { KnownVolumes } from './knownVolumes.ts';
import { findMissing } from './missingFiles.ts';
import { PolledValue } from './polledValue.ts';
import { resolveReference, type ImageReference } from './rbdReferences.ts';
import { poolsUsingSecret, usersOf, type UsedObject, type Uses } from './usersOf.ts';

export interface HostKnowledgeInit {
  readonly hostName: string;
  readonly connection: LibvirtConnection;
  readonly transport: Transport;
  readonly inventory: Inventory;
}

/** The RBD images that a domain's definition names. */
export interface DomainImages {
  readonly domain: KnownDomain;
  /** It did not answer: what it names is not known. */
  readonly isUnread: boolean;
  readonly images: readonly ImageReference[];
}

/** Changes that come within this time are told together. */
const batchMs = 100;

/**
 * What a connected host knows, read when somebody asks for the first time and then kept current by events: pools
 * and secrets first, the rest as it comes. It ends with the connection.
 */
export class HostKnowledgeIndex implements Disposable {
  readonly #hostName: string;
  readonly #inventory: Inventory;
  readonly #pools: KnownPools;
  readonly #volumes: KnownVolumes;
  readonly #secrets: KnownSecrets;
  readonly #networks: KnownNetworks;
  readonly #domains: KnownDomains;
  readonly #capabilities: KnownCapabilities;
  readonly #version: PolledValue<number>;
  readonly #bridges: PolledValue<readonly string[] | undefined>;
  readonly #nwfilters: PolledValue<readonly string[]>;
  readonly #files: KnownFiles;
  readonly #disposables: readonly Disposable[];
  readonly #changes = new Emitter<HostKnowledge>();
  /** More is known, or something else. */
  readonly onDidChange: Event<HostKnowledge> = this.#changes.event;
  #current: HostKnowledge | undefined;
  #batch: NodeJS.Timeout | undefined;
  readonly #awaitingBasics: ((known: HostKnowledge | undefined) => void)[] = [];
  #isFilling = false;
  #isDisposed = false;

  constructor({ hostName, connection, transport, inventory }: HostKnowledgeInit) {
    this.#hostName = hostName;
    this.#inventory = inventory;
    const reads = new BackgroundReads();
    const changed = (): void => {
      this.#changed();
    };
    const source = { connection, reads, changed };
    const poolsChanged = (): void => {
      if (this.#isFilling) this.#volumes.update();
      changed();
    };
    this.#pools = new KnownPools({ ...source, changed: poolsChanged }, inventory.pools);
    this.#volumes = new KnownVolumes(source, inventory.pools, (uuid) => this.#pools.factsOf(uuid));
    this.#secrets = new KnownSecrets(source, inventory.secrets);
    this.#networks = new KnownNetworks(source, inventory.networks);
    this.#domains = new KnownDomains(source, inventory.domains);
    this.#capabilities = new KnownCapabilities(source);
    this.#version = new PolledValue(source, (options) => getLibvirtVersion(connection, options), Infinity);
    this.#bridges = new PolledValue(source, (options) => readBridges(transport, options));
    this.#nwfilters = new PolledValue(source, async (options) =>
      (await listNwfilters(connection, options)).map(({ name }) => name).sort(),
    );
    this.#files = new KnownFiles(source, (paths, options) => findMissing(transport, paths, options));
    this.#disposables = [
      reads,
      this.#changes,
      ...[this.#pools, this.#volumes, this.#secrets, this.#networks, this.#domains],
      connection.onEvent((event) => {
        this.#handle(event);
      }),
      inventory.secrets.onDidChange(changed),
      inventory.domains.onDidNoteDefinition((uuid) => {
        this.#domains.again(uuid);
      }),
    ];
    connection.onClose(() => {
      this.dispose();
    });
  }

  /** What is known by now; undefined until pools and secrets are. The same object until something changes. */
  get current(): HostKnowledge | undefined {
    return this.#current;
  }

  /** The secrets as they are listed; undefined until they are. The same until one changes. */
  get secrets(): readonly KnownSecret[] | undefined {
    return this.#secrets.known;
  }

  /** Finds out whether the secrets have values, and nothing else. */
  wantSecretValues(): void {
    if (!this.#isDisposed) this.#secrets.startValues();
  }

  /** Reads everything, the first time, and what the document asks for besides. It comes by {@link onDidChange}. */
  want({ pools = [], domainKinds = [], files = [] }: DocumentNeeds = {}): void {
    if (this.#isDisposed) return;
    this.#pools.start();
    if (!this.#isFilling) {
      this.#isFilling = true;
      this.#capabilities.start();
      this.#secrets.startValues();
      this.#networks.start();
      this.#domains.start();
    }
    this.#version.want();
    this.#bridges.want();
    this.#nwfilters.want();
    this.#capabilities.want(domainKinds);
    this.#volumes.want(pools);
    this.#files.want(files);
  }

  /** Reads pools and secrets alone. @returns what is known then; undefined when they cannot be read */
  basics(): Promise<HostKnowledge | undefined> {
    if (!this.#isDisposed) this.#pools.start();
    if (this.#current || this.#isDisposed) return Promise.resolve(this.#current);
    return new Promise((resolve) => {
      this.#awaitingBasics.push(resolve);
    });
  }

  /** Lets volumes that are about to be made count as there, until the result is disposed of. */
  expectVolumes(volumes: readonly KnownVolume[]): Disposable {
    return this.#volumes.expect(volumes);
  }

  /** libvirt has no events of volumes: whoever makes or deletes some in a pool says so. */
  volumesChanged(poolUuid: string): void {
    if (!this.#isDisposed) this.#volumes.again(poolUuid);
  }

  /** The domains whose definition uses the object; undefined until all domains have been read. */
  usersOf(object: UsedObject): readonly KnownDomain[] | undefined {
    const domains = this.#domains.known?.map((domain) => ({
      domain,
      facts: this.#domains.factsOf(domain.uuid),
    }));
    const [volumes, secrets] = [this.#volumes.known ?? [], this.#secrets.known ?? []];
    return domains && usersOf(object, { domains, pools: this.#poolsWithFacts(), volumes, secrets });
  }

  /** Which RBD images the definitions of domains name; undefined until all domains and pools have been read. */
  imagesOfDomains(): readonly DomainImages[] | undefined {
    const pools = this.#pools.known?.rbdPools;
    return (
      pools &&
      this.#domains.known?.map((domain) => ({
        domain,
        isUnread: this.#domains.isUnread(domain.uuid),
        images: this.#domains
          .factsOf(domain.uuid)
          .images.flatMap((reference) => resolveReference(reference, pools) ?? []),
      }))
    );
  }

  /** The names of the pools that log in with the secret; undefined until all pools have been read. */
  poolsUsingSecret(uuid: string): readonly string[] | undefined {
    const secrets = this.#secrets.known;
    return secrets && this.#pools.known && poolsUsingSecret(uuid, { pools: this.#poolsWithFacts(), secrets });
  }

  #poolsWithFacts(): Uses['pools'] {
    return [...this.#inventory.pools.entries].map(([uuid, { ref }]) => ({
      name: ref.name,
      facts: this.#pools.factsOf(uuid),
    }));
  }

  #handle(event: LibvirtEvent): void {
    switch (event.object) {
      case 'domain':
        this.#domains.handle(event);
        if (event.kind === 'lifecycle' && event.event === DomainLifecycle.started) this.#files.forget();
        break;
      case 'pool':
        this.#pools.handle(event);
        this.#volumes.handle(event);
        break;
      case 'network':
        this.#networks.handle(event);
        break;
      case 'secret':
        this.#secrets.handle(event);
        break;
      case 'nodeDevice':
        break;
    }
  }

  #changed(): void {
    if (this.#isDisposed) return;
    const tell = (): void => {
      this.#batch = undefined;
      this.#tell();
    };
    this.#batch ??= setTimeout(tell, this.#current ? batchMs : 0);
  }

  #tell(): void {
    const [known, secrets] = [this.#pools.known, this.#secrets.known];
    const { pools, secrets: secretGroup } = this.#inventory;
    if (!known || !secrets) {
      if ([pools, secretGroup].some(({ status }) => status.kind === 'failed')) this.#answer(undefined);
      return;
    }
    const now: HostKnowledge = {
      hostName: this.#hostName,
      libvirtVersion: this.#version.value,
      rbdPools: known.rbdPools,
      secrets,
      pools: known.pools,
      listedPools: this.#volumes.listedPools,
      volumes: this.#volumes.known,
      networks: this.#networks.known,
      domains: this.#domains.known,
      bridges: this.#bridges.value,
      nwfilters: this.#nwfilters.value,
      missingFiles: this.#files.missing,
      guests: this.#capabilities.guests,
      domainCapabilities: this.#capabilities.domainCapabilities,
    };
    if (this.#current && hasSameParts(this.#current, now)) return;
    this.#current = now;
    this.#answer(now);
    this.#changes.fire(now);
  }

  /** To those who wait for the basics. */
  #answer(known: HostKnowledge | undefined): void {
    for (const resolve of this.#awaitingBasics.splice(0)) resolve(known);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#batch);
    this.#answer(this.#current);
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
