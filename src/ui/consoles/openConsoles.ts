import * as vscode from 'vscode';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { ConsoleTerminal } from './consoleTerminal.ts';
import { FitOffer } from './fitOffer.ts';

interface Opened {
  readonly terminal: vscode.Terminal;
  readonly console: ConsoleTerminal;
}

/** The consoles that are open in this window: one for each device of a domain. */
class OpenConsoles {
  readonly #byKey = new Map<string, Opened>();
  #watching = false;

  /** Shows the console, which is made when it is not open yet; one that has ended is opened again. */
  show(key: string, host: HostSession, create: () => ConsoleTerminal): void {
    const known = this.#byKey.get(key);
    if (known?.console.domain.host === host) {
      known.terminal.show();
      void known.console.reconnect();
      return;
    }
    // Of a host that was removed and added again.
    known?.terminal.dispose();
    const console = create();
    const terminal = vscode.window.createTerminal({
      name: console.name,
      pty: console,
      iconPath: new vscode.ThemeIcon('vm'),
    });
    this.#byKey.set(key, { terminal, console });
    this.#watch();
    terminal.show();
  }

  /** The console in the terminal in front. */
  get active(): ConsoleTerminal | undefined {
    const { activeTerminal } = vscode.window;
    return [...this.#byKey.values()].find(({ terminal }) => terminal === activeTerminal)?.console;
  }

  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    const offer = new FitOffer();
    const tell = (): void => {
      offer.show(this.active);
      void vscode.commands.executeCommand('setContext', 'libvirt.consoleActive', this.active !== undefined);
    };
    vscode.window.onDidChangeActiveTerminal(tell);
    vscode.window.onDidCloseTerminal((closed) => {
      for (const [key, { terminal }] of this.#byKey) if (terminal === closed) this.#byKey.delete(key);
      tell();
    });
  }
}

export const openConsoles = new OpenConsoles();
