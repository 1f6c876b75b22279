import * as vscode from 'vscode';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import { needsOf } from '../../hosts/knowledge/documentNeeds.ts';
import { KnowledgeOfHosts } from '../../hosts/knowledge/otherHosts.ts';
import type { RuleSettings } from '../../rules/check.ts';
import { checkDocument, type Diagnosis } from '../../rules/checkDocument.ts';
import type { HostKnowledge } from '../../rules/hostKnowledge.ts';
import type { XmlDocument } from '../../xml/document.ts';
import type { ReadySchema } from '../../xml/schemas/schemaCache.ts';
import { affectsRules, readRuleSettings } from '../settings/ruleSettings.ts';
import type { HostOfDocument } from './hostOfDocument.ts';
import { scannedDocument } from './scannedDocuments.ts';
import type { SchemaService } from './schemaService.ts';

/** What a document is held to. */
interface Measure {
  /** undefined when it is none of libvirt's documents, or no schemas are known. */
  readonly schema: ReadySchema | undefined;
  readonly rules: RuleSettings;
  /** Of the document's host; undefined while it is not connected, or has not told yet. */
  readonly knowledge: HostKnowledge | undefined;
}

/** What is known of one version of a document. */
export interface Analysis extends Measure {
  readonly version: number;
  readonly xml: XmlDocument;
  /** The most important first. */
  readonly diagnoses: readonly Diagnosis[];
}

/** Holds open documents to their schema and the rules, once for each version of a document and state of its host. */
export class Analyses implements vscode.Disposable {
  readonly #hosts: HostOfDocument;
  readonly #schemas: SchemaService;
  readonly #knowledge: KnowledgeOfHosts;
  readonly #known = new WeakMap<vscode.TextDocument, Analysis>();
  readonly #changes = new vscode.EventEmitter<undefined>();
  /** A host has told more, or documents are held to something else: what was found may be different now. */
  readonly onDidChange = this.#changes.event;
  readonly #disposables: readonly { dispose(): unknown }[];
  #rules = new WeakMap<vscode.TextDocument, RuleSettings>();

  constructor(registry: HostRegistry, hosts: HostOfDocument, schemas: SchemaService) {
    this.#hosts = hosts;
    this.#schemas = schemas;
    this.#knowledge = new KnowledgeOfHosts(registry);
    const changed = (): void => {
      this.#changes.fire(undefined);
    };
    this.#disposables = [
      this.#knowledge,
      this.#changes,
      this.#knowledge.onDidChange(changed),
      schemas.onDidChange(changed),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!affectsRules(event)) return;
        this.#rules = new WeakMap();
        changed();
      }),
    ];
  }

  /** As the document is when this is called. */
  async of(document: vscode.TextDocument): Promise<Analysis> {
    const xml = await scannedDocument(document);
    const { version } = document;
    const schema = await this.#schemas.schemaFor(document, xml);
    const measure = { schema, rules: this.#rulesFor(document), knowledge: this.#knowledgeFor(document, xml) };
    const known = this.#known.get(document);
    if (known?.xml === xml && isSame(known, measure)) return known;
    const { rules, knowledge } = measure;
    const diagnoses = checkDocument(xml, { validator: schema?.validator, rules, knowledge });
    const analysis = { version, xml, diagnoses, ...measure };
    this.#known.set(document, analysis);
    return analysis;
  }

  #rulesFor(document: vscode.TextDocument): RuleSettings {
    const known = this.#rules.get(document);
    if (known) return known;
    const settings = readRuleSettings(document.uri);
    this.#rules.set(document, settings);
    return settings;
  }

  #knowledgeFor(document: vscode.TextDocument, xml: XmlDocument): HostKnowledge | undefined {
    const session = this.#hosts.of(document);
    if (!session?.connected) return undefined;
    this.#knowledge.want(session, needsOf(xml));
    return this.#knowledge.of(session);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function isSame(a: Measure, b: Measure): boolean {
  return a.schema === b.schema && a.rules === b.rules && a.knowledge === b.knowledge;
}
