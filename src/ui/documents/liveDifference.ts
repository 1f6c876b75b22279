import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import { documentAddress, liveScheme } from './documentUri.ts';
import { snapshotAddress } from './snapshotUri.ts';

/** Texts of `libvirt-live:`, read-only: the XML of running domains as they are now, and of snapshots. */
export class LiveDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #registry: HostRegistry;
  readonly #registration: vscode.Disposable;

  constructor(registry: HostRegistry) {
    this.#registry = registry;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(liveScheme, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const snapshot = snapshotAddress(uri);
    const address = snapshot ?? documentAddress(uri);
    const session = address && this.#registry.get(address.host);
    if (!session) throw vscode.FileSystemError.FileNotFound(uri);
    const { readLiveDomain, readSnapshot } = await import('../../hosts/definitions.ts');
    const host = await session.connect();
    return snapshot ? readSnapshot(host, snapshot.domain, snapshot.name) : readLiveDomain(host, address.name);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** Shows what runs beside what the next start will use. */
export async function showLiveDifference(document: vscode.Uri, name: string, host: string): Promise<void> {
  const live = document.with({ scheme: liveScheme, query: `at=${Date.now()}` });
  await vscode.commands.executeCommand(
    'vscode.diff',
    live,
    document.with({ query: '' }),
    t('{0} on {1}: running ↔ next start', name, host),
  );
}
