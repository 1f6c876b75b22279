import { AsyncLocalStorage } from 'node:async_hooks';
import type { Subject } from '../../doctor/subject.ts';

const subjects = new WeakMap<object, Subject>();
const current = new AsyncLocalStorage<Subject>();

/** Does work on a thing: what fails on the way is about it, for who explains it later. */
export async function workingOn<T>(subject: Subject | undefined, work: () => Promise<T>): Promise<T> {
  if (!subject) return work();
  try {
    return await current.run(subject, work);
  } catch (error) {
    noteSubject(error, subject);
    throw error;
  }
}

/** Notes what an error is about: by default what is being worked on. What is nearer to the failure has noted it first. */
export function noteSubject(error: unknown, subject = current.getStore()): void {
  if (typeof error === 'object' && error !== null && subject && !subjects.has(error))
    subjects.set(error, subject);
}

export function notedSubject(error: unknown): Subject | undefined {
  return typeof error === 'object' && error !== null ? subjects.get(error) : undefined;
}
