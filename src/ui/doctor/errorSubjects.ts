import type { Subject } from '../../doctor/subject.ts';

const subjects = new WeakMap<object, Subject>();

/** Notes what an error is about, for who explains it later. What is nearer to the failure has noted it first. */
export function noteSubject(error: unknown, subject: Subject | undefined): void {
  if (typeof error === 'object' && error !== null && subject && !subjects.has(error))
    subjects.set(error, subject);
}

export function notedSubject(error: unknown): Subject | undefined {
  return typeof error === 'object' && error !== null ? subjects.get(error) : undefined;
}
