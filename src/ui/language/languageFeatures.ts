import * as vscode from 'vscode';
import { Analyses } from './analyses.ts';
import { registerCompletion } from './completion.ts';
import { Diagnostics } from './diagnostics.ts';
import { registerFolding } from './folding.ts';
import { registerFormatting } from './formatting.ts';
import { HostOfDocument } from './hostOfDocument.ts';
import { registerHover } from './hover.ts';
import { registerImageHover } from './imageHover.ts';
import type { LanguageServices } from './languageSupport.ts';
import { registerOutline } from './outline.ts';
import { QuickFixes } from './quickFixes.ts';
import { registerReferences } from './references.ts';
import { SchemaService } from './schemaService.ts';
import { SchemaStatus } from './schemaStatus.ts';
import { registerSelection } from './selection.ts';
import { registerSnippets } from './snippets.ts';
import { registerSwitchOff } from './switchOffRule.ts';
import { registerTagRename } from './tagRename.ts';

/** All that helps with libvirt documents. */
export class LanguageFeatures implements vscode.Disposable {
  readonly schemas: SchemaService;
  readonly #parts: vscode.Disposable;

  constructor({ context, registry, clusters, currentHost, log }: LanguageServices) {
    const hosts = new HostOfDocument(registry, currentHost);
    this.schemas = new SchemaService(context, { registry, hostOf: (document) => hosts.of(document), log });
    const analyses = new Analyses(registry, hosts, this.schemas);
    this.#parts = vscode.Disposable.from(
      this.schemas,
      analyses,
      new Diagnostics(analyses),
      new QuickFixes(analyses),
      new SchemaStatus(this.schemas, log),
      registerCompletion(analyses),
      registerHover(analyses),
      registerImageHover(analyses, { registry, clusters }),
      registerFormatting(),
      registerFolding(),
      registerOutline(),
      registerSelection(),
      registerTagRename(),
      registerReferences(hosts),
      registerSnippets(),
      registerSwitchOff(),
    );
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
