import { t } from '../base/l10n.ts';
import type { CheckUp, Explanation, NotExamined } from './checkUp.ts';
import type { Failure } from './failure.ts';
import { severities, type Finding, type Severity } from './finding.ts';
import { block, escaped, list, parts } from './markdown.ts';

/** A finding in a report; lines are from 0. */
export interface ReportedFinding {
  readonly finding: Finding;
  readonly line: number;
  /** One for each remedy. */
  readonly remedyLines: readonly number[];
}

/** What was found out, as Markdown. */
export interface Report {
  readonly text: string;
  readonly findings: readonly ReportedFinding[];
  /** The failures that an error looks like, although nothing was found. */
  readonly suspected: readonly { readonly failure: Failure; readonly line: number }[];
}

export interface CheckUpWords {
  /** "Check-up of kvm1" */
  readonly title: string;
  /** What was looked at. */
  readonly where: readonly string[];
  /** How many failures were looked for. */
  readonly known: number;
  readonly at: Date;
}

export function checkUpReport({ findings, notExamined, absent }: CheckUp, words: CheckUpWords): Report {
  const { title, where, known, at } = words;
  const looked = t(
    '{0} known failures were looked for on {1}, {2}.',
    known,
    where.length === 0 ? t('nothing') : where.join(', '),
    at.toLocaleString(),
  );
  const summary = findings.length === 0 ? t('Nothing is wrong that is known.') : countsInWords(findings);
  const document = new Document();
  document.add([`# ${escaped(title)}`], [escaped(summary)], [escaped(looked)]);
  for (const severity of severities) {
    const some = findings.filter((one) => one.severity === severity);
    if (some.length > 0) document.add([`## ${headingOf(severity)}`]);
    for (const finding of some) document.addFinding(finding);
  }
  document.addNotExamined(notExamined);
  if (absent.length > 0)
    document.add(
      [`## ${t('Not asked')}`],
      list(absent.map(({ host, reason }) => `${escaped(host)}: ${escaped(reason)}`)),
    );
  return document.report();
}

export function explanationReport(
  { findings, suspected, notExamined }: Explanation,
  { message, said }: { readonly message: string; readonly said: string },
): Report {
  const document = new Document();
  document.add([`# ${t('What this means')}`], [escaped(message)]);
  for (const finding of findings) document.addFinding(finding);
  if (findings.length === 0 && suspected.length > 0)
    document.add([t('This is known to come from what follows; that it is so here could not be shown.')]);
  for (const failure of findings.length === 0 ? suspected : []) document.addSuspected(failure);
  if (findings.length === 0 && suspected.length === 0) document.add([t('Nothing that is known says so.')]);
  document.addNotExamined(notExamined);
  if (said !== message) document.add([`## ${t('What was said')}`], block([said]));
  return document.report();
}

class Document {
  readonly #lines: string[] = [];
  readonly #findings: ReportedFinding[] = [];
  readonly #suspected: { readonly failure: Failure; readonly line: number }[] = [];

  /** @returns the line on which it begins */
  add(...all: readonly (readonly string[])[]): number {
    const lines = parts(...all);
    if (this.#lines.length > 0) this.#lines.push('');
    const line = this.#lines.length;
    this.#lines.push(...lines);
    return line;
  }

  addFinding(finding: Finding): void {
    const { title, explanation, evidence, remedies } = finding;
    const line = this.add(
      [`### ${escaped(title.replace(/[.。]$/, ''))}`],
      ...explanation.map((paragraph) => [escaped(paragraph)]),
      evidence.length === 0 ? [] : [`**${t('Seen')}**`, '', ...block(evidence)],
      remedies.length === 0
        ? []
        : [`**${t('What helps')}**`, '', ...list(remedies.map((one) => escaped(one.title)))],
    );
    const firstRemedy = this.#lines.length - remedies.length;
    this.#findings.push({ finding, line, remedyLines: remedies.map((_, index) => firstRemedy + index) });
  }

  addSuspected(failure: Failure): void {
    const { title, summary, why, cures } = failure.page();
    const line = this.add(
      [`### ${escaped(title)}`],
      ...[summary, ...why].map((paragraph) => [escaped(paragraph)]),
      cures.length === 0 ? [] : [`**${t('What helps')}**`, '', ...list(cures.map(escaped))],
    );
    this.#suspected.push({ failure, line });
  }

  addNotExamined(notExamined: readonly NotExamined[]): void {
    if (notExamined.length === 0) return;
    const lines = notExamined.map(({ failure, where, reason }) =>
      t('{0}, {1}: {2}', escaped(where), escaped(failure.page().title), escaped(reason)),
    );
    this.add([`## ${t('Could not be looked at')}`], list(lines));
  }

  report(): Report {
    return { text: `${this.#lines.join('\n')}\n`, findings: this.#findings, suspected: this.#suspected };
  }
}

function countsInWords(findings: readonly Finding[]): string {
  const count = (severity: Severity): number => findings.filter((one) => one.severity === severity).length;
  return t('Errors: {0}, warnings: {1}, notes: {2}.', count('error'), count('warning'), count('information'));
}

function headingOf(severity: Severity): string {
  switch (severity) {
    case 'error':
      return t('Errors');
    case 'warning':
      return t('Warnings');
    case 'information':
      return t('Notes');
  }
}
