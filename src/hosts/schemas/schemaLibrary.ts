import { messageOf } from '../../base/errors.ts';
import { Emitter, type Disposable, type Event } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { Log } from '../../base/log.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { Transport } from '../../transport/transport.ts';
import { faultOfSet } from '../../xml/schemas/completeness.ts';
import { PackedSchemas, packTexts } from '../../xml/schemas/packedSchemas.ts';
import { openSchemaFolder } from '../../xml/schemas/schemaFolder.ts';
import type { SchemaSet } from '../../xml/schemas/schemaSet.ts';
import { closestSet, compareVersions } from '../../xml/schemas/versions.ts';
import { KeptSchemas } from './keptSchemas.ts';
import { readHostSchemas } from './readHostSchemas.ts';

/** Where the schemas lie that need no host. */
export interface SchemaPlaces {
  /** Of schemas read from hosts: a folder of our own. */
  readonly kept: string;
  /** Of the schemas that come with the program; may not be there. */
  readonly packaged: string;
}

/** A connected host, as far as its schemas are concerned. */
export interface SchemaHost {
  readonly name: string;
  /** `9.0.0` */
  readonly libvirtVersion: string;
  readonly transport: Transport;
}

/** All schemas that are known: those of hosts, kept by the version of their libvirt, and those that came with the program. */
export class SchemaLibrary implements Disposable {
  readonly #kept: KeptSchemas;
  readonly #packaged: string;
  readonly #log: Log;
  readonly #changes = new Emitter<undefined>();
  /** There are schemas that were not known before. */
  readonly onDidChange: Event<undefined> = this.#changes.event;
  #sets: Promise<readonly SchemaSet[]> | undefined;
  /** By version, as long as a host is being read. */
  readonly #learning = new Map<string, Promise<void>>();
  /** Connections over which nothing more is asked, whatever came of it. */
  readonly #asked = new WeakSet<Transport>();

  constructor({ kept, packaged }: SchemaPlaces, log: Log) {
    this.#kept = new KeptSchemas(kept, log);
    this.#packaged = packaged;
    this.#log = log;
  }

  /** The newest first; of one version those of a host before those that came with the program. */
  all(): Promise<readonly SchemaSet[]> {
    this.#sets ??= this.#read();
    return this.#sets;
  }

  /** The schemas to judge documents of a libvirt of this version by; those of the newest when it is not known. */
  async closest(version: string | undefined): Promise<SchemaSet | undefined> {
    return closestSet(await this.all(), version);
  }

  /**
   * Reads the schemas of a host unless those of its libvirt are known; over one connection once. Never rejects: why it
   * cannot be done is in the log, and the closest of the others serve instead.
   */
  async learn(host: SchemaHost, options: WaitOptions = {}): Promise<void> {
    const { libvirtVersion, transport } = host;
    const underWay = this.#learning.get(libvirtVersion);
    if (underWay) return underWay;
    if (this.#asked.has(transport)) return;
    this.#asked.add(transport);
    const learning = this.#learn(host, options).finally(() => this.#learning.delete(libvirtVersion));
    this.#learning.set(libvirtVersion, learning);
    return learning;
  }

  dispose(): void {
    this.#changes.dispose();
  }

  async #read(): Promise<readonly SchemaSet[]> {
    const packaged = await openSchemaFolder(this.#packaged, { kind: 'packaged' }).catch((error: unknown) => {
      this.#log.warn(messageOf(error));
      return undefined;
    });
    return newestFirst([...(await this.#kept.all()), ...(packaged ? [packaged] : [])]);
  }

  async #learn({ name, libvirtVersion, transport }: SchemaHost, options: WaitOptions): Promise<void> {
    const isKnown = (set: SchemaSet): boolean => set.origin.kind === 'host' && set.version === libvirtVersion;
    if ((await this.all()).some(isKnown)) return;
    try {
      const texts = await readHostSchemas(transport, options);
      if (texts.size === 0) {
        this.#log.info(t('{0}: has no schemas of libvirt installed', name));
        return;
      }
      const origin = { kind: 'host', hostName: name } as const;
      const set = new PackedSchemas({ version: libvirtVersion, origin }, await packTexts(texts));
      const fault = await faultOfSet(set);
      if (fault !== undefined) {
        this.#log.warn(t('{0}: its schemas are not used: {1}', name, fault));
        return;
      }
      this.#sets = Promise.resolve(newestFirst([set, ...(await this.all())]));
      this.#log.info(t('{0}: the schemas of libvirt {1} have been read', name, libvirtVersion));
      this.#changes.fire(undefined);
      await this.#kept.keep(set, libvirtVersion, name);
    } catch (error) {
      this.#log.warn(t('{0}: its schemas cannot be read or kept: {1}', name, messageOf(error)));
    }
  }
}

function newestFirst(sets: readonly SchemaSet[]): readonly SchemaSet[] {
  return sets.toSorted((a, b) => compareVersions(b.version, a.version));
}
