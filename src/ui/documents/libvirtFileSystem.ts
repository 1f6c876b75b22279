import * as vscode from 'vscode';
import { messageOf, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { sentences } from '../../base/sentences.ts';
import type { DefinitionAddress } from '../../hosts/definitions.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import {
  documentAddress,
  documentFolders,
  documentScheme,
  hasSecrets,
  type DocumentAddress,
} from './documentUri.ts';
import { Drafts } from './drafts.ts';
import { Revisions } from './revisions.ts';
import type { SaveServices } from './saveDefinition.ts';

/** VS Code looks at a document once more at the end of a save; only then can it be closed. */
const afterSaveMs = 300;

/**
 * Definitions of objects as files: opening one is dumpxml, saving it is define. While a host is not connected its open
 * documents stay as they were; saving one connects first.
 */
export class LibvirtFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #registry: HostRegistry;
  readonly #services: SaveServices;
  /** Documents of objects that are still to be made. */
  readonly drafts = new Drafts();
  readonly #revisions = new Revisions();
  /** Documents that are not looked up: their saving gave the object another name, or has just made it. */
  readonly #settling = new Set<string>();
  readonly #changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changes.event;
  readonly #registration: vscode.Disposable;

  constructor(registry: HostRegistry, services: SaveServices) {
    this.#registry = registry;
    this.#services = services;
    this.#registration = vscode.workspace.registerFileSystemProvider(documentScheme, this, {
      isCaseSensitive: true,
    });
  }

  /** Says that definitions may have changed on the host: editors without unsaved changes read them again. */
  noteChanges(uris: readonly vscode.Uri[], type: vscode.FileChangeType): void {
    this.#changes.fire(uris.map((uri) => ({ uri, type })));
  }

  /** Changes are noted for every document, by the host's events. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    if (isFolder(uri)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const draft = this.drafts.get(uri);
    if (draft) return this.#statDraft(uri, draft.text);
    const { session, address } = this.#resolve(uri);
    const known = this.#revisions.get(uri.toString());
    const revision =
      known && (!session.connected || this.#settling.has(uri.toString()))
        ? known
        : await this.#revisions.note(uri.toString(), await this.#read(uri, session, address));
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: revision.mtime,
      size: revision.size,
      ...(address.folder === 'volumes' ? { permissions: vscode.FilePermission.Readonly } : {}),
    };
  }

  async #statDraft(uri: vscode.Uri, text: string): Promise<vscode.FileStat> {
    const { mtime, size } = await this.#revisions.note(uri.toString(), Buffer.from(text));
    return { type: vscode.FileType.File, ctime: 0, mtime, size };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const draft = this.drafts.get(uri);
    if (draft) return Buffer.from(draft.text);
    const { session, address } = this.#resolve(uri);
    const text = await this.#read(uri, session, address);
    await this.#revisions.note(uri.toString(), text);
    return text;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const { session, address } = this.#resolve(uri);
    const text = Buffer.from(content).toString('utf8');
    const draft = this.drafts.get(uri);
    if (draft && this.drafts.isSavedAutomatically(uri)) {
      draft.text = text;
      return;
    }
    let saved: vscode.Uri;
    try {
      if (draft) {
        saved = await draft.create(uri, text, this.#services);
        this.drafts.delete(uri);
        if (saved.path === uri.path) {
          await this.#showAsKept(uri, content);
          return;
        }
      } else {
        const { saveDefinition } = await import('./saveDefinition.ts');
        saved = await saveDefinition({ uri, session, address }, text, this.#services);
      }
    } catch (error) {
      throw asFileSystemError(error);
    }
    if (saved.path !== uri.path) {
      await this.#revisions.note(uri.toString(), content);
      this.#settling.add(uri.toString());
      setTimeout(() => {
        void moveEditor(uri, saved).finally(() => this.#settling.delete(uri.toString()));
      }, afterSaveMs);
      return;
    }
    await this.#revisions.note(uri.toString(), await this.#read(uri, session, address));
    this.noteChanges([uri], vscode.FileChangeType.Changed);
  }

  /** VS Code takes what it finds at the end of a save for what it has saved: libvirt's own text comes a moment later. */
  async #showAsKept(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const key = uri.toString();
    await this.#revisions.note(key, content);
    this.#settling.add(key);
    setTimeout(() => {
      this.#settling.delete(key);
      this.noteChanges([uri], vscode.FileChangeType.Changed);
    }, afterSaveMs);
  }

  async #read(uri: vscode.Uri, session: HostSession, address: DocumentAddress): Promise<Uint8Array> {
    let text: string | undefined;
    try {
      const host = await session.connect();
      const { readDefinition } = await import('../../hosts/definitions.ts');
      text = await readDefinition(host, definitionAddress(address), { secure: hasSecrets(uri) });
    } catch (error) {
      throw asFileSystemError(error);
    }
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return Buffer.from(text, 'utf8');
  }

  #resolve(uri: vscode.Uri): { readonly session: HostSession; readonly address: DocumentAddress } {
    const address = documentAddress(uri);
    if (!address) throw vscode.FileSystemError.FileNotFound(uri);
    const session = this.#registry.get(address.host);
    if (!session) {
      throw vscode.FileSystemError.Unavailable(
        t('There is no host {0} in the side bar. Add it, then open the document again.', address.host),
      );
    }
    return { session, address };
  }

  /** The objects are listed in the side bar, not as folders. */
  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#registration.dispose();
    this.drafts.dispose();
    this.#changes.dispose();
  }
}

export function definitionAddress({ folder, pool, name }: DocumentAddress): DefinitionAddress {
  return folder === 'volumes' ? { folder, pool: pool ?? '', name } : { folder, name };
}

/** Shows the document under its new name in the place of the old one, where nothing is unsaved. */
async function moveEditor(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(to, { preview: false });
  const left = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input, isDirty }) => isTextOf(input, from) && !isDirty);
  await vscode.window.tabGroups.close(left);
}

function isTextOf(input: unknown, uri: vscode.Uri): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
}

/** `libvirt:/`, `libvirt:/kvm1`, `libvirt:/kvm1/domains`. */
function isFolder(uri: vscode.Uri): boolean {
  const [, folder, ...rest] = uri.path.split('/').filter((segment) => segment !== '');
  return rest.length === 0 && (folder === undefined || documentFolders.some((name) => name === folder));
}

/** The sentence and the advice, as VS Code shows what went wrong with a file. */
function asFileSystemError(error: unknown): vscode.FileSystemError {
  if (error instanceof vscode.FileSystemError) return error;
  const advice = error instanceof Problem ? error.advice : undefined;
  return vscode.FileSystemError.Unavailable(sentences(messageOf(error), advice));
}
