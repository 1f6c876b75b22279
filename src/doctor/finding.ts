import type { WaitOptions } from '../base/waiting.ts';
import type { Plan } from '../operations/plan/plan.ts';
import type { Subject } from './subject.ts';

/** `error`: something does not work. `warning`: it will not, or only by luck. `information`: one should know. */
export type Severity = 'error' | 'warning' | 'information';

export const severities: readonly Severity[] = ['error', 'warning', 'information'];

/** That a thing has a failure. */
export interface Finding {
  /** The failure's id. */
  readonly failure: string;
  readonly severity: Severity;
  readonly about: Subject;
  /** Other things that have it for the same reason: they are named in the evidence, and cured with it. */
  readonly others?: readonly Subject[] | undefined;
  /** One sentence: what is wrong with what, on which host or in which cluster. */
  readonly title: string;
  /** Why, here: a paragraph each. What holds everywhere is on the failure's page. */
  readonly explanation: readonly string[];
  /** What was seen, line by line: what programs said, states, versions. Never a secret. */
  readonly evidence: readonly string[];
  /** The best first; empty where only a person on the host can help, which the explanation then says. */
  readonly remedies: readonly Remedy[];
}

export type Remedy =
  /** A procedure: shown as a script before it runs, verified by its last step, taken back where that is possible. */
  | {
      readonly kind: 'plan';
      readonly title: string;
      /** Reads what it must to show the plan; nothing is changed. */
      plan(options: WaitOptions): Promise<Plan>;
    }
  /** A command of the extension, on the row of a thing. */
  | { readonly kind: 'command'; readonly title: string; readonly command: string; readonly on: Subject }
  /** The thing's XML is opened: rules flag the place and offer the fix. */
  | { readonly kind: 'document'; readonly title: string; readonly on: Subject }
  /** A text to read: a log of the host. */
  | {
      readonly kind: 'text';
      readonly title: string;
      read(options: WaitOptions): Promise<string>;
    };
