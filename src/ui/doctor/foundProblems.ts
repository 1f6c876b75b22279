import * as vscode from 'vscode';
import type { CheckUpScope } from '../../doctor/checkUp.ts';
import { concerns, subjectKey, type Subject } from '../../doctor/subject.ts';
import type { Finding } from '../../doctor/finding.ts';
import type { Disposable } from '../../base/events.ts';

/** What the last check-ups found, for the badges of rows. */
export class FoundProblems implements Disposable {
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changes.event;
  #findings: readonly Finding[] = [];

  /** The worst first. */
  of(subject: Subject): readonly Finding[] {
    const key = subjectKey(subject);
    return this.#findings.filter(({ about, others = [] }) =>
      [about, ...others].some((one) => subjectKey(one) === key),
    );
  }

  /** What was known of the places that were looked at now is replaced. */
  found(findings: readonly Finding[], { sessions, clusters, about }: CheckUpScope): void {
    const wasLookedAt = ({ about: place }: Finding): boolean => {
      if (about) return concerns(place, about);
      return 'host' in place
        ? sessions.some(({ name }) => name === place.host)
        : clusters.some(({ id }) => id === place.cluster);
    };
    this.#findings = [...findings, ...this.#findings.filter((one) => !wasLookedAt(one))];
    this.#changes.fire();
  }

  /** It was cured. */
  forget(finding: Finding): void {
    this.#findings = this.#findings.filter((one) => one !== finding);
    this.#changes.fire();
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
