import * as vscode from 'vscode';
import type { HostRegistry } from '../../hosts/hostRegistry.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { ClustersOfHosts } from '../clustersOfHosts.ts';
import type { LanguageFeatures } from './languageFeatures.ts';
import { languageId } from './libvirtDocuments.ts';

export interface LanguageServices {
  readonly context: vscode.ExtensionContext;
  readonly registry: HostRegistry;
  readonly clusters: ClustersOfHosts;
  /** The host that a file which belongs to none is checked against. */
  readonly currentHost: () => HostSession | undefined;
  readonly log: vscode.LogOutputChannel;
}

/** Loads what helps with libvirt documents when the first of them is open. */
export class LanguageSupport implements vscode.Disposable {
  readonly #services: LanguageServices;
  readonly #listener: vscode.Disposable;
  #features: Promise<LanguageFeatures> | undefined;

  constructor(services: LanguageServices) {
    this.#services = services;
    const startFor = ({ languageId: language }: vscode.TextDocument): void => {
      if (language === languageId) void this.features();
    };
    this.#listener = vscode.workspace.onDidOpenTextDocument(startFor);
    vscode.workspace.textDocuments.forEach(startFor);
  }

  features(): Promise<LanguageFeatures> {
    this.#features ??= this.#start();
    return this.#features;
  }

  async #start(): Promise<LanguageFeatures> {
    const { LanguageFeatures } = await import('./languageFeatures.ts');
    return new LanguageFeatures(this.#services);
  }

  dispose(): void {
    this.#listener.dispose();
    void this.#features?.then((features) => {
      features.dispose();
    });
  }
}
