import type { Complaint } from '../lintDocument.ts';
import type { Report } from './report.ts';

/** One array of objects, `file` and what a {@link Complaint} holds; one object a line. */
export function jsonReport(): Report {
  let isFirst = true;
  const entry = (file: string, complaint: Complaint): string => {
    const separator = isFirst ? '\n' : ',\n';
    isFirst = false;
    return separator + JSON.stringify({ file, ...complaint });
  };
  return {
    start: () => '[',
    file: (file, complaints) => complaints.map((complaint) => entry(file, complaint)).join(''),
    end: () => (isFirst ? ']\n' : '\n]\n'),
  };
}
