import { once } from 'node:events';
import { messageOf, Problem } from '../base/errors.ts';
import { SchemaCache } from '../xml/schemas/schemaCache.ts';
import { parseCommandLine, programName, type Format, type Order } from './commandLine.ts';
import { helpText } from './help.ts';
import { readInputs, type Input } from './inputs.ts';
import { lintDocument, type Complaint, type LintSettings } from './lintDocument.ts';
import { jsonReport } from './reports/jsonReport.ts';
import type { Report, Totals } from './reports/report.ts';
import { sarifReport } from './reports/sarifReport.ts';
import { printable, summary, textReport } from './reports/textReport.ts';
import { openSchemas } from './schemas.ts';

/** What the process ends with. */
export const exitCodes = { clean: 0, found: 1, trouble: 2 } as const;

/** Where the program lies and what it is. */
export interface Program {
  readonly folder: string;
  readonly version: string;
}

/** Does what the arguments say. The exit code; never rejects. */
export async function run(args: readonly string[], program: Program): Promise<number> {
  try {
    const order = parseCommandLine(args);
    if (order.kind === 'lint') return await lint(order, program);
    await print(order.kind === 'help' ? helpText() : `${program.version}\n`);
    return exitCodes.clean;
  } catch (error) {
    complain(error);
    return exitCodes.trouble;
  }
}

async function lint(order: Extract<Order, { kind: 'lint' }>, program: Program): Promise<number> {
  const schemas = await openSchemas(order.schemaFolder, program.folder);
  const cache = new SchemaCache();
  const report = reportIn(order.format, program.version);
  const totals = { files: 0, errors: 0, warnings: 0, notes: 0 };
  let isTrouble = false;
  await print(report.start());
  for await (const input of readInputs(order.stdin, order.paths)) {
    const complaints = await lintInput(input, { schemas, cache, rules: order.rules });
    if (complaints === undefined) isTrouble = true;
    else count(totals, complaints);
    if (complaints && complaints.length > 0) await print(report.file(input.file, complaints));
  }
  await print(report.end());
  if (order.format === 'text' && totals.files > 0) process.stderr.write(`${summary(totals)}\n`);
  if (isTrouble) return exitCodes.trouble;
  return totals.errors + totals.warnings + totals.notes === 0 ? exitCodes.clean : exitCodes.found;
}

/** undefined when the document could not be checked, which has been said. */
async function lintInput(input: Input, settings: LintSettings): Promise<readonly Complaint[] | undefined> {
  try {
    if ('text' in input) return await lintDocument(input.text, settings);
    complain(input.problem, input.file);
  } catch (error) {
    complain(error, input.file);
  }
  return undefined;
}

function count(totals: { -readonly [Name in keyof Totals]: number }, complaints: readonly Complaint[]): void {
  totals.files += 1;
  for (const { severity } of complaints) {
    if (severity === 'error') totals.errors += 1;
    else if (severity === 'warning') totals.warnings += 1;
    else totals.notes += 1;
  }
}

function reportIn(format: Format, version: string): Report {
  switch (format) {
    case 'text':
      return textReport;
    case 'json':
      return jsonReport();
    case 'sarif':
      return sarifReport(version);
  }
}

/** Waits until a pipe takes more, so that nothing piles up in memory. */
async function print(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Says on standard error why something cannot be done. */
function complain(error: unknown, file?: string): void {
  const details = error instanceof Problem ? [error.advice, error.raw] : [];
  const sentences = [messageOf(error), ...details.filter((detail) => detail !== undefined)].join(' ');
  process.stderr.write(`${printable([programName, file, sentences].filter(isGiven).join(': '))}\n`);
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined;
}
