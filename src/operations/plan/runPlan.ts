import { CancelledError, CodedProblem, messageOf, Problem } from '../../base/errors.ts';
import { Emitter, type Event } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { sentences } from '../../base/sentences.ts';
import type { Progress } from '../../base/progress.ts';
import type { Plan, PlanStep } from './plan.ts';

export type StepState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly progress?: Progress | undefined }
  | { readonly kind: 'done'; readonly note?: string | undefined }
  /** It was so before. */
  | { readonly kind: 'already'; readonly note?: string | undefined }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'undoing' }
  | { readonly kind: 'undone' }
  /** It could not be taken back. */
  | { readonly kind: 'left'; readonly error: unknown };

export type PlanState = 'new' | 'running' | 'done' | 'undone' | 'incomplete';

/** A plan failed, or could not be taken back. */
export class PlanProblem extends CodedProblem<'failed' | 'left'> {}

/** How long taking back one step may last. */
const undoMs = 120_000;

/** A plan as it runs: its steps in order, and back when one fails or the person cancels. It can be run again. */
export class PlanRun {
  readonly plan: Plan;
  readonly #changes = new Emitter<undefined>();
  /** A step has another state. */
  readonly onDidChange: Event<undefined> = this.#changes.event;
  readonly #states: StepState[];
  #state: PlanState = 'new';

  constructor(plan: Plan) {
    this.plan = plan;
    this.#states = plan.steps.map(() => ({ kind: 'waiting' }));
  }

  get state(): PlanState {
    return this.#state;
  }

  /** One for each step. */
  get steps(): readonly StepState[] {
    return this.#states;
  }

  get canUndo(): boolean {
    return this.#states.some((state, index) => isToUndo(state) && this.plan.steps[index]?.undo !== undefined);
  }

  /**
   * Does what is not done yet. When a step fails, those that were done now are taken back, the newest first; rejects with
   * a {@link PlanProblem} that says what is left, or with a CancelledError.
   */
  async run(signal: AbortSignal): Promise<void> {
    this.#become('running');
    const fresh: number[] = [];
    for (const [index, step] of this.plan.steps.entries()) {
      if (this.#states[index]?.kind === 'done') continue;
      try {
        if (await this.#do(step, index, signal)) fresh.push(index);
      } catch (error) {
        this.#set(index, { kind: 'failed', error });
        const left = await this.#takeBack(fresh);
        this.#become(left.length === 0 ? 'undone' : 'incomplete');
        throw failure(this.plan, step, error, left, fresh.length > 0);
      }
    }
    this.#become('done');
  }

  /** Takes back what was done. Rejects with a {@link PlanProblem} that says what is left. */
  async undo(): Promise<void> {
    this.#become('running');
    const done = this.#states.flatMap((state, index) => (isToUndo(state) ? index : []));
    const left = await this.#takeBack(done);
    this.#become(left.length === 0 ? 'undone' : 'incomplete');
    if (left.length > 0)
      throw new PlanProblem('left', t('Not all could be undone.'), { advice: leftover(left) });
  }

  /** Whether something was done. */
  async #do(step: PlanStep, index: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) throw new CancelledError();
    let note: string | undefined;
    const options = {
      signal,
      note: (text: string): void => {
        note = text;
      },
      report: (progress: Progress): void => {
        this.#set(index, { kind: 'running', progress });
      },
    };
    this.#set(index, { kind: 'running' });
    if ((await step.isDone?.(options)) === true) {
      this.#set(index, { kind: 'already', note });
      return false;
    }
    await step.run(options);
    this.#set(index, { kind: 'done', note });
    return true;
  }

  /** @returns what is left, and why */
  async #takeBack(indices: readonly number[]): Promise<readonly string[]> {
    const left: string[] = [];
    for (const index of [...indices].reverse()) {
      const undo = this.plan.steps[index]?.undo;
      if (!undo) continue;
      this.#set(index, { kind: 'undoing' });
      try {
        await undo.run({ timeoutMs: undoMs });
        this.#set(index, { kind: 'undone' });
      } catch (error) {
        this.#set(index, { kind: 'left', error });
        left.push(`${undo.title}: ${messageOf(error)}`);
      }
    }
    return left;
  }

  #become(state: PlanState): void {
    this.#state = state;
    this.#changes.fire(undefined);
  }

  #set(index: number, state: StepState): void {
    this.#states[index] = state;
    this.#changes.fire(undefined);
  }
}

/** Whether what the step did is there. */
export function isToUndo({ kind }: StepState): boolean {
  return kind === 'done' || kind === 'left';
}

function leftover(left: readonly string[]): string {
  return t('Do this yourself: {0}', left.join('; '));
}

function failure(
  { title }: Plan,
  step: PlanStep,
  error: unknown,
  left: readonly string[],
  wasTakenBack: boolean,
): Error {
  if (error instanceof CancelledError && left.length === 0) return error;
  const known = error instanceof Problem ? error : undefined;
  const undone = wasTakenBack && left.length === 0 ? t('What was done before was undone.') : undefined;
  return new PlanProblem(
    'failed',
    t('{0}: the step “{1}” on {2} failed: {3}', title, step.title, step.host.name, messageOf(error)),
    {
      cause: error,
      raw: known?.raw,
      advice: sentences(known?.advice, undone, left.length === 0 ? undefined : leftover(left)),
    },
  );
}
