import { LineIndex } from '../../../src/xml/lines.ts';
import type { Told } from './placeQuality.ts';

/** Shares of all that were told, from 0 to 1. */
export interface PlaceShares {
  readonly onLine: number;
  readonly onToken: number;
  /** Of those that have an answer. */
  readonly answerNamed: number;
}

export function sharesOf(told: readonly Told[]): PlaceShares {
  const answerable = told.filter(({ namesAnswer }) => namesAnswer !== undefined);
  return {
    onLine: told.filter(({ isOnLine }) => isOnLine).length / told.length,
    onToken: told.filter(({ isOnToken }) => isOnToken).length / told.length,
    answerNamed: answerable.filter(({ namesAnswer }) => namesAnswer).length / answerable.length,
  };
}

/** The shares of each kind of fault, a line each, then each fault that was not told well. */
export function placeReport(told: readonly Told[]): string {
  const kinds = [...new Set(told.map(({ fault }) => fault.kind))].sort();
  const rows = kinds.map((kind) =>
    kindRow(
      kind,
      told.filter(({ fault }) => fault.kind === kind),
    ),
  );
  const missed = told.filter(({ isOnToken, namesAnswer }) => !isOnToken || namesAnswer === false);
  const crowded = told.filter((one) => isCrowded(one));
  return [
    'fault: number, on the line, on the token, answer named, most diagnostics',
    ...rows,
    kindRow('all', told),
    '',
    ...[...new Set([...missed, ...crowded])].map(describe),
    '',
  ].join('\n');
}

/** One broken tag gave more than a person reads: the fault and perhaps one thing that follows from it. */
export function isCrowded({ fault, diagnostics }: Told): boolean {
  return fault.isMalformed && diagnostics.length > 2;
}

function kindRow(kind: string, told: readonly Told[]): string {
  const { onLine, onToken, answerNamed } = sharesOf(told);
  const most = Math.max(...told.map(({ diagnostics }) => diagnostics.length));
  return [
    kind.padEnd(26),
    String(told.length).padStart(5),
    ...[onLine, onToken, answerNamed].map(percent),
    most,
  ].join('  ');
}

function percent(share: number): string {
  return Number.isNaN(share) ? '     -' : `${(share * 100).toFixed(1).padStart(5)}%`;
}

function describe(one: Told): string {
  const { fault, diagnostics } = one;
  const lines = new LineIndex(fault.text);
  const at = (offset: number): string => {
    const { line, column } = lines.positionAt(offset);
    return `${line + 1}:${column + 1}`;
  };
  const faults = [
    ...(one.isOnLine ? [] : ['WRONG LINE']),
    ...(one.isOnToken ? [] : ['WRONG TOKEN']),
    ...(one.namesAnswer === false ? [`DOES NOT NAME ${fault.answer ?? ''}`] : []),
    ...(isCrowded(one) ? ['CROWDED'] : []),
  ];
  const places = fault.places.map(({ start, end }) => `${at(start)} ${excerpt(fault.text, start, end)}`);
  return [
    `${faults.join(', ')}: ${fault.kind} in ${fault.path}`,
    `  made at ${places.join(' or ')}`,
    ...diagnostics
      .slice(0, 4)
      .map(
        ({ range, message }) =>
          `  ${at(range.start)} ${excerpt(fault.text, range.start, range.end)}: ${message}`,
      ),
  ].join('\n');
}

function excerpt(text: string, start: number, end: number): string {
  return JSON.stringify(text.slice(start, Math.min(end, start + 40)));
}
