import { Problem } from '../base/errors.ts';
import type { Failure } from './failure.ts';
import type { Subject } from './subject.ts';

/** An error that somebody wants explained. */
export interface Complaint {
  readonly error: unknown;
  /** What the machine said, unchanged. */
  readonly said: string;
  /** What the symptom's pattern caught. */
  readonly match: RegExpExecArray;
  /** What failed, where that is known. */
  readonly about: Subject | undefined;
}

/** A failure that an error looks like. */
export interface Suspicion {
  readonly failure: Failure;
  readonly complaint: Complaint;
}

/** Everything that was said on the way to an error: words for people and raw texts, those of its causes too. */
export function saidBy(error: unknown): string {
  const texts: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause) {
    texts.push(one.message);
    if (one instanceof Problem && one.raw !== undefined) texts.push(one.raw);
  }
  // A cause says most often again what is in the error that it led to, or the other way round.
  const isSaidElsewhere = (text: string, at: number): boolean =>
    texts.some((other, index) => index !== at && other.includes(text) && (other !== text || index < at));
  return texts.length > 0 ? texts.filter((text, at) => !isSaidElsewhere(text, at)).join('\n') : String(error);
}

/** The failures that an error looks like, each once. */
export function suspect(
  error: unknown,
  about: Subject | undefined,
  failures: readonly Failure[],
): readonly Suspicion[] {
  const said = saidBy(error);
  return failures.flatMap((failure) => {
    for (const { pattern } of failure.symptoms) {
      const match = pattern.exec(said);
      if (match) return [{ failure, complaint: { error, said, match, about } }];
    }
    return [];
  });
}

/** Whether there is something to explain about an error. */
export function isKnown(error: unknown, failures: readonly Failure[]): boolean {
  return suspect(error, undefined, failures).length > 0;
}
