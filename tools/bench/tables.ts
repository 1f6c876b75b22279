import {
  isReached,
  median,
  medianOf,
  type Comparison,
  type Figure,
  type Target,
  type Way,
} from './results.ts';

/** A line a way: how long it took, and how many times as long as the first. Stages are not compared. */
export function comparisonTable({ title, of, ways }: Comparison): string {
  const reference = of === 'ways' && ways[0] ? medianOf(ways[0].samples, 'seconds') : undefined;
  return `${title}\n${columns([
    ['', 'median', 'from', 'to', 'runs', 'ratio', 'round trips', 'calls', 'KB'],
    ...ways.map((way) => comparisonRow(way, reference)),
  ])}`;
}

function comparisonRow({ name, samples, instead = '' }: Way, reference: number | undefined): string[] {
  const middle = medianOf(samples, 'seconds');
  if (middle === undefined) return [name, instead];
  const all = samples.map(({ seconds }) => seconds);
  const bytes = medianOf(samples, 'bytes');
  return [
    name,
    ...[middle, Math.min(...all), Math.max(...all)].map(inSeconds),
    String(samples.length),
    reference === undefined ? '' : ratio(middle / reference),
    medianOf(samples, 'roundTrips')?.toString() ?? '',
    medianOf(samples, 'calls')?.toString() ?? '',
    bytes === undefined ? '' : (bytes / 1000).toFixed(0),
  ];
}

export function figureTable(figures: readonly Figure[]): string {
  return columns([
    ['', 'median', '', 'from', 'to', 'runs'],
    ...figures.map(({ name, values, unit }) => [
      name,
      rounded(median(values)),
      unit,
      ...(values.length > 1 ? [rounded(Math.min(...values)), rounded(Math.max(...values))] : ['', '']),
      String(values.length),
    ]),
  ]);
}

export function targetTable(targets: readonly Target[]): string {
  return columns([
    ['target', '', 'measured', ''],
    ...targets.map((target) => [
      target.name,
      `${target.below === true ? '<' : '≤'} ${rounded(target.limit)} ${target.unit}`,
      `${rounded(target.value)} ${target.unit}`,
      isReached(target) ? 'reached' : 'MISSED',
    ]),
  ]);
}

/** The first column to the left, the others to the right. */
function columns(rows: readonly (readonly string[])[]): string {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function inSeconds(seconds: number): string {
  if (seconds < 0.01) return `${(seconds * 1000).toPrecision(2)} ms`;
  return `${seconds.toFixed(seconds < 1 ? 3 : seconds < 10 ? 2 : 1)} s`;
}

function ratio(times: number): string {
  return `${times.toFixed(times < 10 ? 1 : 0)}×`;
}

/** Three digits that count. */
function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
