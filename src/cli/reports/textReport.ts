import { t } from '../../base/l10n.ts';
import type { Complaint } from '../lintDocument.ts';
import type { Report, Totals } from './report.ts';

/** `file:line:col: severity: message [code]`, as compilers print: editors and terminals find the place. */
export const textReport: Report = {
  start: () => '',
  file: (file, complaints) => complaints.map((complaint) => `${lineOf(file, complaint)}\n`).join(''),
  end: () => '',
};

function lineOf(file: string, { line, col, severity, message, code }: Complaint): string {
  return printable(`${file}:${line}:${col}: ${severity}: ${message} [${code}]`);
}

/** What a document or a file name holds does not steer the terminal, and stays on its line. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ');
}

/** What was found in all, for standard error. */
export function summary({ files, errors, warnings, notes }: Totals): string {
  return t('Errors: {0}, warnings: {1}, notes: {2}; files: {3}.', errors, warnings, notes, files);
}
