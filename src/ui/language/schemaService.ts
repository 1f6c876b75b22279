import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { SchemaLibrary } from '../../hosts/schemas/schemaLibrary.ts';
import type { XmlDocument } from '../../xml/document.ts';
import type { ReadySchema, SchemaCache } from '../../xml/schemas/schemaCache.ts';
import type { SchemaSet } from '../../xml/schemas/schemaSet.ts';
import { affectsSchema, automatic, readSchemaVersion } from '../settings/schemaSetting.ts';

export interface SchemaServices {
  readonly registry: HostRegistry;
  /** The host that a document belongs to, or is checked against. */
  readonly hostOf: (document: vscode.TextDocument) => HostSession | undefined;
  readonly log: vscode.LogOutputChannel;
}

/** Which schemas a document is judged by. */
export interface SchemaChoice {
  /** undefined when none are known. */
  readonly set: SchemaSet | undefined;
  /** The host whose libvirt the document is for. */
  readonly host: HostSession | undefined;
  /** Of that libvirt; undefined when it is not known. */
  readonly wantedVersion: string | undefined;
}

/** How long a host may take to give its schemas; without them the closest serve. */
const readingMs = 60_000;

interface Engine {
  readonly library: SchemaLibrary;
  readonly cache: SchemaCache;
}

/**
 * Finds for each document the schemas that it is judged by: those the person has chosen, else those of its host's
 * libvirt, else the closest. Nothing is loaded, and no host is asked, before the first document wants them.
 */
export class SchemaService implements vscode.Disposable {
  readonly #context: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'extensionUri'>;
  readonly #services: SchemaServices;
  readonly #changes = new vscode.EventEmitter<undefined>();
  /** Documents may be judged by other schemas from now on. */
  readonly onDidChange = this.#changes.event;
  readonly #disposables: readonly Disposable[];
  #sessionListeners: readonly Disposable[] = [];
  /** The version that each host was last known to have. */
  readonly #versions = new WeakMap<HostSession, string>();
  /** Digests of sets whose trouble is in the log. */
  readonly #broken = new Set<string>();
  #engine: Promise<Engine> | undefined;

  constructor(
    context: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'extensionUri'>,
    services: SchemaServices,
  ) {
    this.#context = context;
    this.#services = services;
    this.#disposables = [
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (affectsSchema(event)) this.#changes.fire(undefined);
      }),
      services.registry.onDidChange(() => {
        this.#listen();
      }),
    ];
    this.#listen();
  }

  /**
   * The schema and validator for a document; undefined when it is none of libvirt's, or no schemas are known. What waits
   * in the event loop comes before the compiling of a schema that has not been used yet.
   *
   * @param xml what the document was read as
   */
  async schemaFor(document: vscode.TextDocument, xml: XmlDocument): Promise<ReadySchema | undefined> {
    const [{ claimedKind }, { library, cache }] = await Promise.all([
      import('../../xml/schemas/rootKinds.ts'),
      this.#open(),
    ]);
    const kind = claimedKind(xml);
    if (kind === undefined) return undefined;
    const { set } = await this.choiceFor(document);
    for (const candidate of [set, ...(await library.all())]) {
      if (candidate === undefined || this.#broken.has(candidate.digest)) continue;
      try {
        const ready = await cache.schemaFor(candidate, kind);
        if (ready) return ready;
      } catch (error) {
        this.#broken.add(candidate.digest);
        this.#services.log.error(messageOf(error));
      }
    }
    return undefined;
  }

  /** The schemas for a document. Sees to it that those of its host are read when they are not known yet. */
  async choiceFor(document: vscode.TextDocument): Promise<SchemaChoice> {
    const { library } = await this.#open();
    const host = this.#services.hostOf(document);
    const wantedVersion = host?.facts?.libvirtVersion;
    if (host?.connected && wantedVersion !== undefined) {
      const { transport } = host.connected;
      const about = { name: host.name, libvirtVersion: wantedVersion, transport };
      void library.learn(about, { timeoutMs: readingMs });
    }
    const chosen = readSchemaVersion();
    const set = await library.closest(chosen === automatic ? wantedVersion : chosen);
    return { set, host, wantedVersion };
  }

  /** All schemas that are known, the newest first. */
  async known(): Promise<readonly SchemaSet[]> {
    return (await this.#open()).library.all();
  }

  dispose(): void {
    for (const part of [...this.#disposables, ...this.#sessionListeners, this.#changes]) part.dispose();
    void this.#engine?.then(({ library, cache }) => {
      library.dispose();
      cache.dispose();
    });
  }

  async #open(): Promise<Engine> {
    this.#engine ??= this.#load();
    return this.#engine;
  }

  async #load(): Promise<Engine> {
    const [{ SchemaLibrary }, { SchemaCache }] = await Promise.all([
      import('../../hosts/schemas/schemaLibrary.ts'),
      import('../../xml/schemas/schemaCache.ts'),
    ]);
    const { globalStorageUri, extensionUri } = this.#context;
    const places = {
      kept: vscode.Uri.joinPath(globalStorageUri, 'schemas').fsPath,
      packaged: vscode.Uri.joinPath(extensionUri, 'dist', 'schemas').fsPath,
    };
    const library = new SchemaLibrary(places, this.#services.log);
    library.onDidChange(() => {
      this.#changes.fire(undefined);
    });
    return { library, cache: new SchemaCache() };
  }

  /** A host that tells its version may have other schemas than those in use. */
  #listen(): void {
    for (const listener of this.#sessionListeners) listener.dispose();
    this.#sessionListeners = this.#services.registry.sessions.map((session) =>
      session.onDidChangeState(() => {
        const version = session.facts?.libvirtVersion;
        if (version === undefined || this.#versions.get(session) === version) return;
        this.#versions.set(session, version);
        this.#changes.fire(undefined);
      }),
    );
  }
}
