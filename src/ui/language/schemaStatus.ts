import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { automatic, readSchemaVersion } from '../settings/schemaSetting.ts';
import { languageId } from './libvirtDocuments.ts';
import type { SchemaService } from './schemaService.ts';
import { schemaName, schemaRemark } from './schemaStatusText.ts';

/** Says in the status bar which schema judges the active document, and lets one choose. */
export class SchemaStatus implements vscode.Disposable {
  readonly #service: SchemaService;
  readonly #log: vscode.LogOutputChannel;
  readonly #item = vscode.languages.createLanguageStatusItem('libvirt.schema', { language: languageId });
  readonly #disposables: readonly Disposable[];

  constructor(service: SchemaService, log: vscode.LogOutputChannel) {
    this.#service = service;
    this.#log = log;
    this.#item.name = t('Schema of libvirt documents');
    this.#item.command = { command: 'libvirt.chooseSchema', title: t('Choose…') };
    const update = (): void => {
      void this.#update();
    };
    this.#disposables = [
      this.#item,
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.workspace.onDidOpenTextDocument(update),
      service.onDidChange(update),
    ];
    update();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #update(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== languageId) return;
    try {
      const { set, host, wantedVersion } = await this.#service.choiceFor(document);
      if (document !== vscode.window.activeTextEditor?.document) return;
      this.#item.text = set ? schemaName(set) : t('No schema');
      this.#item.detail = set
        ? schemaRemark(set, host, wantedVersion, readSchemaVersion() !== automatic)
        : t('Connect to a host: its schema is then used.');
      this.#item.severity = set
        ? vscode.LanguageStatusSeverity.Information
        : vscode.LanguageStatusSeverity.Warning;
    } catch (error) {
      this.#log.error(messageOf(error));
    }
  }
}
