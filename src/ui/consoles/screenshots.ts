import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { screenshot } from '../../operations/console/screenshot.ts';
import type { CommandServices } from '../commands/command.ts';
import { onObject } from '../commands/onObject.ts';
import type { DomainNode } from '../explorer/objects/domainNode.ts';
import { screenshotPage } from './screenshotPage.ts';

export const screenshotViewType = 'libvirt.screenshot';

/** What a domain's screen showed, in a tab. */
class ScreenshotTab {
  readonly panel: vscode.WebviewPanel;
  readonly #node: DomainNode;
  #png: Buffer | undefined;

  constructor(node: DomainNode) {
    this.#node = node;
    const title = `${node.name} (${node.host.name})`;
    this.panel = vscode.window.createWebviewPanel(screenshotViewType, title, vscode.ViewColumn.Active);
  }

  /** Takes a new picture; the one before stays when that fails. */
  async refresh(services: CommandServices): Promise<void> {
    const { name, host, entry } = this.#node;
    if (!entry) return;
    const png = await onObject(
      this.#node,
      services,
      { title: t('Taking a screenshot of {0} on {1}', name, host.name) },
      ({ connection }, signal) => screenshot(connection, entry.ref, 0, { signal }),
    );
    this.#png = png;
    this.panel.webview.html = screenshotPage(png, { name, host: host.name, taken: new Date() });
  }

  async save(): Promise<void> {
    const fileName = `${this.#node.name.replace(/[^\w.-]+/g, '_')}.png`;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const file = await vscode.window.showSaveDialog({
      filters: { PNG: ['png'] },
      ...(folder && { defaultUri: vscode.Uri.joinPath(folder, fileName) }),
    });
    if (file && this.#png) await vscode.workspace.fs.writeFile(file, this.#png);
  }
}

/** The tabs with screenshots: one for each domain. */
class Screenshots {
  readonly #tabs = new Map<string, ScreenshotTab>();

  async show(node: DomainNode, services: CommandServices): Promise<void> {
    const key = JSON.stringify([node.host.name, node.uuid]);
    const tab = this.#tabs.get(key) ?? this.#open(key, node);
    tab.panel.reveal();
    await tab.refresh(services);
  }

  /** The one in front. */
  get active(): ScreenshotTab | undefined {
    return [...this.#tabs.values()].find(({ panel }) => panel.active);
  }

  #open(key: string, node: DomainNode): ScreenshotTab {
    const tab = new ScreenshotTab(node);
    this.#tabs.set(key, tab);
    tab.panel.onDidDispose(() => {
      this.#tabs.delete(key);
    });
    return tab;
  }
}

export const screenshots = new Screenshots();
