import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { ConsoleTerminal } from './consoleTerminal.ts';

/**
 * A serial line has no size: libvirt cannot tell the guest that of the terminal. The status bar says it while a console
 * is in front, and offers to type it into the guest.
 */
export class FitOffer {
  readonly #item = vscode.window.createStatusBarItem(
    'libvirt.console.fit',
    vscode.StatusBarAlignment.Right,
    90,
  );
  #listener: vscode.Disposable | undefined;

  constructor() {
    this.#item.name = t('Size of the Console');
    this.#item.command = 'libvirt.console.fit';
  }

  show(console: ConsoleTerminal | undefined): void {
    this.#listener?.dispose();
    this.#listener = console?.onDidResize(() => {
      this.#draw(console);
    });
    if (console) this.#draw(console);
    else this.#item.hide();
  }

  #draw({ size, domain }: ConsoleTerminal): void {
    if (!size) return;
    this.#item.text = `$(screen-normal) ${size.columns}×${size.rows}`;
    this.#item.tooltip = t(
      'The guest does not know the size of this terminal. Select to type “stty rows {0} cols {1}” into {2}.',
      size.rows,
      size.columns,
      domain.name,
    );
    this.#item.accessibilityInformation = {
      label: t('Fit {0} to {1} columns and {2} rows', domain.name, size.columns, size.rows),
    };
    this.#item.show();
  }
}
