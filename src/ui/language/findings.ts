import * as vscode from 'vscode';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { HostKnowledge } from '../../rules/hostKnowledge.ts';
import type { Finding } from '../../rules/rule.ts';
import type { XmlDocument } from '../../xml/document.ts';
import { documentAddress, documentScheme } from '../documents/documentUri.ts';

interface Checked {
  readonly version: number;
  readonly knowledge: HostKnowledge | undefined;
  readonly xml: XmlDocument;
  readonly findings: readonly Finding[];
}

/** What the rules find in open documents, computed once for each version of a document. */
export class Findings implements vscode.Disposable {
  readonly #registry: HostRegistry;
  readonly #currentHost: () => HostSession | undefined;
  readonly #checked = new WeakMap<vscode.TextDocument, Checked>();
  readonly #knowledge = new Map<HostSession, HostKnowledge>();
  readonly #changes = new vscode.EventEmitter<undefined>();
  /** A host has told more: what was found may be different now. */
  readonly onDidLearn = this.#changes.event;

  /** @param currentHost the host that a file which belongs to none is checked against */
  constructor(registry: HostRegistry, currentHost: () => HostSession | undefined) {
    this.#registry = registry;
    this.#currentHost = currentHost;
  }

  async of(document: vscode.TextDocument): Promise<Checked> {
    const [{ scan }, { checkRules }] = await Promise.all([
      import('../../xml/scanner/scan.ts'),
      import('../../rules/check.ts'),
    ]);
    const session = this.#hostOf(document.uri);
    const knowledge = session && this.#knowledge.get(session);
    const known = this.#checked.get(document);
    if (known?.version === document.version && known.knowledge === knowledge) return known;
    const xml = scan(document.getText());
    const checked = { version: document.version, knowledge, xml, findings: checkRules(xml, knowledge) };
    this.#checked.set(document, checked);
    if (session) void this.#learn(session);
    return checked;
  }

  #hostOf(uri: vscode.Uri): HostSession | undefined {
    const address = uri.scheme === documentScheme ? documentAddress(uri) : undefined;
    return address ? this.#registry.get(address.host) : this.#currentHost();
  }

  async #learn(session: HostSession): Promise<void> {
    const knowledge = await session.connected?.knowledge.basics();
    if (!knowledge || this.#knowledge.get(session) === knowledge) return;
    this.#knowledge.set(session, knowledge);
    this.#changes.fire(undefined);
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
