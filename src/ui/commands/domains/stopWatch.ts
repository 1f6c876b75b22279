import * as vscode from 'vscode';
import { CancelledError } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import { isActive } from '../../../hosts/inventory/domains.ts';
import { listenForStop, type DomainStop } from '../../../operations/domains/domainStop.ts';
import type { DomainNode } from '../../explorer/objects/domainNode.ts';
import { showProblem } from '../../problems.ts';
import { withProgress } from '../../progress.ts';
import { readShutdownTimeout } from '../../settings/shutdownTimeout.ts';
import type { CommandServices } from '../command.ts';

/**
 * Waits in the background for guests that were asked to shut down, and offers to force off those that have not stopped
 * in time.
 */
export class StopWatch {
  readonly #title: string;
  readonly #services: CommandServices;
  readonly #waiting = new Map<DomainNode, DomainStop>();
  #isRunning = false;
  #askedAt = 0;
  #wake: () => void = () => undefined;

  constructor(title: string, services: CommandServices) {
    this.#title = title;
    this.#services = services;
  }

  /** Tells the guest to shut down, and listens for its end from before that. */
  async ask(node: DomainNode, tell: () => Promise<void>): Promise<void> {
    const stop = listenForStop(node.host.require().connection, node.uuid);
    try {
      await tell();
    } catch (error) {
      stop.dispose();
      throw error;
    }
    this.#waitFor(node, stop);
  }

  #waitFor(node: DomainNode, stop: DomainStop): void {
    this.#waiting.get(node)?.dispose();
    this.#waiting.set(node, stop);
    // A lost connection ends the wait as well: the row of the host says so.
    void stop.stopped
      .catch(() => undefined)
      .then(() => {
        if (this.#waiting.get(node) === stop) this.#waiting.delete(node);
        this.#wake();
      });
    this.#askedAt = performance.now();
    this.#wake();
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    try {
      await withProgress({ title: this.#title }, (signal, report) => this.#untilStopped(signal, report));
      const late = [...this.#waiting.keys()].filter(isOn);
      if (late.length > 0) void this.#offer(late);
    } catch (error) {
      if (!(error instanceof CancelledError)) showProblem(error, this.#services.log);
    } finally {
      this.#isRunning = false;
      for (const stop of this.#waiting.values()) stop.dispose();
      this.#waiting.clear();
    }
  }

  /** Or until it takes too long, counted from the last guest that was asked. */
  async #untilStopped(signal: AbortSignal, report: ReportProgress): Promise<void> {
    const seconds = readShutdownTimeout();
    while (this.#waiting.size > 0 && !signal.aborted) {
      const left = this.#askedAt + seconds * 1000 - performance.now();
      if (left <= 0) return;
      report({ message: this.#state(seconds) });
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = (): void => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener('abort', this.#wake, { once: true });
      });
    }
  }

  #state(seconds: number): string {
    return this.#waiting.size === 1
      ? t('The guest was asked to. If it has not stopped after {0} s, it can be forced off.', seconds)
      : t(
          '{0} guests have not stopped yet. After {1} s they can be forced off.',
          this.#waiting.size,
          seconds,
        );
  }

  async #offer(late: readonly DomainNode[]): Promise<void> {
    const seconds = readShutdownTimeout();
    const [node] = late;
    const message =
      node && late.length === 1
        ? t('{0} on {1} has not shut down within {2} s.', node.name, node.host.name, seconds)
        : t('{0} domains have not shut down within {1} s.', late.length, seconds);
    const [force, longer, leave] = [t('Force Off…'), t('Wait Longer'), t('Leave It')];
    const answer = await vscode.window.showWarningMessage(message, force, longer, leave);
    const still = late.filter(isOn);
    if (answer === longer) this.#waitLonger(still);
    if (answer !== force) return;
    if (still.length > 0) await vscode.commands.executeCommand('libvirt.domain.forceOff', still[0], still);
    else void vscode.window.showInformationMessage(t('It has stopped meanwhile.'));
  }

  #waitLonger(nodes: readonly DomainNode[]): void {
    for (const node of nodes) {
      const connected = node.host.connected;
      if (connected) this.#waitFor(node, listenForStop(connected.connection, node.uuid));
    }
  }
}

function isOn({ entry }: DomainNode): boolean {
  return entry !== undefined && isActive(entry);
}
