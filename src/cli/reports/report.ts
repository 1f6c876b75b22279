import type { Complaint } from '../lintDocument.ts';

/** What was looked at, for the last word. */
export interface Totals {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

/** One way to print. Each method gives a text for standard output; they are called in this order. */
export interface Report {
  start(): string;
  /** For each file that something was found in; may be ''. */
  file(file: string, complaints: readonly Complaint[]): string;
  end(): string;
}
