import { t } from './l10n.ts';

export interface ProblemDetails {
  /** The text of the program or server that failed, unchanged, for "Show Log". Never holds a secret. */
  readonly raw?: string | undefined;
  /** What to do next, one sentence. */
  readonly advice?: string | undefined;
  readonly cause?: unknown;
}

/**
 * An error that is shown to a person: `message` says what happened to which object, `advice` what to do next,
 * `raw` is what the machine said.
 */
export abstract class Problem extends Error {
  abstract readonly code: string | number;
  readonly raw: string | undefined;
  readonly advice: string | undefined;

  constructor(message: string, details: ProblemDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.raw = details.raw;
    this.advice = details.advice;
  }
}

/** A problem of one area, told apart from its siblings by a word. */
export abstract class CodedProblem<Code extends string> extends Problem {
  readonly code: Code;

  constructor(code: Code, message: string, details?: ProblemDetails) {
    super(message, details);
    this.code = code;
  }
}

/** The person, or whoever owns the work, asked to stop it. Never shown as a failure. */
export class CancelledError extends Problem {
  readonly code = 'cancelled';

  constructor(message = t('Cancelled.')) {
    super(message);
  }
}

/** No answer within the time that was allowed. */
export class TimeoutError extends Problem {
  readonly code = 'timeout';
}

/** What a failure comes from in the end: the last of its causes that is put in words for people. */
export function rootCause(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Problem ? rootCause(error.cause) : error;
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
