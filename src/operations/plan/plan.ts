import type { ReportProgress } from '../../base/progress.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { ShellCommand, ShellHost } from './shell.ts';

export interface StepOptions extends WaitOptions {
  readonly signal: AbortSignal;
  readonly report: ReportProgress;
  /** Said beside the step from now on: what was found, or what it came to. */
  readonly note: (text: string) => void;
}

/** How a step is taken back. */
export interface PlanUndo {
  /** What taking it back does: "Remove the secret from kvm1". */
  readonly title: string;
  readonly commands: readonly ShellCommand[];
  run(options: WaitOptions): Promise<void>;
}

/** One thing that a plan does on one host. */
export interface PlanStep {
  /** What it does: "Create the Ceph pool vms". */
  readonly title: string;
  readonly host: ShellHost;
  /** What a person would type for it. Where libvirt is spoken to, that is virsh. */
  readonly commands: readonly ShellCommand[];
  /** Whether it is so already: then it is not done, and not taken back either. */
  isDone?(options: StepOptions): Promise<boolean>;
  run(options: StepOptions): Promise<void>;
  /** undefined: there is nothing to take back (a check), or it cannot be. */
  readonly undo?: PlanUndo | undefined;
}

/** A procedure of several steps, which is shown before it runs. */
export interface Plan {
  /** "Connect the Ceph pool vms to kvm1 and kvm2" */
  readonly title: string;
  /** What one should know before, a sentence each. */
  readonly remarks: readonly string[];
  /** What is lost for good, in a sentence: that is asked before the plan runs. undefined: nothing. */
  readonly loses?: string | undefined;
  readonly steps: readonly PlanStep[];
}
