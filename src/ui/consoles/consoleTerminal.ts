import { setTimeout as sleep } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import * as vscode from 'vscode';
import { messageOf, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { sentences } from '../../base/sentences.ts';
import { ConsoleSession, type ConsoleState } from '../../operations/console/consoleSession.ts';
import { confirm } from '../prompts/confirm.ts';
import type { HostDomain } from './consoleDomain.ts';

/** VS Code takes what is written without saying when it is drawn: more than this in such a time would pile up. */
const burstBytes = 64 * 1024;
const burstMs = 12;
const renameMs = 1000;

/** Out of full-screen mode, cursor shown, no mouse reports, no marked pastes, plain text: as after a reset. */
const leaveFullScreen =
  '\x1b[?1047l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1l\x1b[0m';

/** A console of a domain in a terminal of VS Code. What we say in it ourselves is dim. */
export class ConsoleTerminal implements vscode.Pseudoterminal {
  readonly domain: HostDomain;
  readonly #device: string | undefined;
  readonly #output = new vscode.EventEmitter<string>();
  readonly #names = new vscode.EventEmitter<string>();
  readonly #sizes = new vscode.EventEmitter<vscode.TerminalDimensions>();
  readonly onDidWrite = this.#output.event;
  readonly onDidChangeName = this.#names.event;
  /** The window of the terminal has another size now, which the guest is not told. */
  readonly onDidResize = this.#sizes.event;
  readonly #session: ConsoleSession;
  readonly #listeners: vscode.Disposable;
  #decoder = decoder();
  #size: vscode.TerminalDimensions | undefined;
  #name: string;
  #burst = 0;
  #wasOpen = false;

  /** @param device its alias, when the domain has several consoles */
  constructor(domain: HostDomain, device: string | undefined) {
    this.domain = domain;
    this.#device = device;
    this.#name = this.name;
    this.#session = new ConsoleSession({ domain, device, output: (bytes) => this.#show(bytes) });
    const states = this.#session.onDidChangeState((state) => {
      this.#tell(state);
    });
    const renames = domain.onDidChange(() => {
      if (this.name === this.#name) return;
      this.#name = this.name;
      this.#names.fire(this.#name);
    });
    this.#listeners = vscode.Disposable.from(states, renames, this.#session);
  }

  /** `web1 (kvm1)` */
  get name(): string {
    const { name, host } = this.domain;
    return `${this.#device === undefined ? name : `${name} ${this.#device}`} (${host.name})`;
  }

  /** undefined until it has been shown. */
  get size(): vscode.TerminalDimensions | undefined {
    return this.#size;
  }

  get isOpen(): boolean {
    return this.#session.state.kind === 'open';
  }

  open(size: vscode.TerminalDimensions | undefined): void {
    this.#size = size;
    void this.#openAsking();
  }

  close(): void {
    this.#listeners.dispose();
  }

  handleInput(data: string): void {
    if (this.isOpen) this.#session.write(Buffer.from(data, 'utf8'));
    else if (data === '\r') void this.reconnect();
  }

  setDimensions(size: vscode.TerminalDimensions): void {
    this.#size = size;
    this.#sizes.fire(size);
  }

  /** Types the size of the window into the guest's shell. */
  fitGuest(): void {
    if (this.#size) this.handleInput(`stty rows ${this.#size.rows} cols ${this.#size.columns}\r`);
  }

  async reconnect(): Promise<void> {
    const { kind } = this.#session.state;
    if (kind === 'in-use' || kind === 'taken-over') await this.#askToTakeOver();
    else if (kind !== 'open' && kind !== 'opening') await this.#openAsking();
  }

  async #openAsking(): Promise<void> {
    await this.#session.open();
    if (this.#session.state.kind === 'in-use') await this.#askToTakeOver();
  }

  async #askToTakeOver(): Promise<void> {
    const { name, host } = this.domain;
    const agreed = await confirm(
      t('Take over the console of {0} on {1}?', name, host.name),
      t('Somebody else has it open. Their session ends, and what runs in the guest goes on.'),
      t('Take Over'),
    );
    if (agreed) await this.#session.open(true);
  }

  async #show(bytes: Uint8Array): Promise<void> {
    this.#output.fire(this.#decoder.decode(bytes, { stream: true }));
    this.#burst += bytes.length;
    if (this.#burst < burstBytes) return;
    this.#burst = 0;
    await sleep(burstMs);
  }

  #tell(state: ConsoleState): void {
    if (this.#wasOpen && state.kind !== 'open') {
      this.#wasOpen = false;
      this.#decoder = decoder();
      this.#output.fire(`${leaveFullScreen}\r\n`);
    }
    this.#wasOpen = state.kind === 'open';
    if (state.kind === 'waiting' && state.for === 'gone') void this.#tellGone(state);
    else this.#say(state);
  }

  /** A domain that is renamed is gone for a moment. */
  async #tellGone(state: ConsoleState): Promise<void> {
    await sleep(renameMs);
    if (this.#session.state === state) this.#say(state);
  }

  #say(state: ConsoleState): void {
    const text = this.#words(state);
    // Names and errors are data: nothing in them steers the terminal.
    if (text !== undefined) this.#output.fire(`\x1b[2m${text.replace(/\p{Cc}+/gu, ' ')}\x1b[22m\r\n`);
  }

  #words(state: ConsoleState): string | undefined {
    const { name, host } = this.domain;
    const again = t('Press Enter to try again.');
    switch (state.kind) {
      case 'opening':
        return undefined;
      case 'open':
        return t('Console of {0} on {1}. Press Enter if nothing appears.', name, host.name);
      case 'waiting':
        return this.#waitingFor(state.for);
      case 'in-use':
        return t('Somebody else has this console open. Press Enter to take it over.');
      case 'taken-over':
        return t('Somebody else has taken over this console. Press Enter to take it back.');
      case 'failed': {
        const advice = state.error instanceof Problem ? state.error.advice : undefined;
        return sentences(messageOf(state.error), advice, again);
      }
    }
  }

  #waitingFor(what: 'host' | 'off' | 'gone'): string {
    const { name, host } = this.domain;
    switch (what) {
      case 'host':
        return t('{0} is not connected. The console comes back with it.', host.name);
      case 'off':
        return t('{0} does not run. The console comes back when it is started.', name);
      case 'gone':
        return t('{0} is no longer on {1}.', name, host.name);
    }
  }
}

/** Whatever is not UTF-8 shows as such; nothing is left out. */
function decoder(): TextDecoder {
  return new TextDecoder('utf-8', { ignoreBOM: true });
}
