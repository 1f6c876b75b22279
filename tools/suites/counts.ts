/** How many tests of a suite passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export const nothingRun: Counts = { passed: 0, failed: 0 };

export function sumCounts(all: readonly Counts[]): Counts {
  return {
    passed: all.reduce((sum, counts) => sum + counts.passed, 0),
    failed: all.reduce((sum, counts) => sum + counts.failed, 0),
  };
}

/**
 * The counts of a process that reported `reported` (undefined: it never did) and then ended. One that did not end
 * with exit code 0 has failed, even if all its tests passed.
 */
export function countsOfProcess(reported: Counts | undefined, exitCode: number | undefined): Counts {
  const counts = reported ?? { passed: 0, failed: 1 };
  return exitCode === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/** A suite in which nothing ran has failed: a test that was not found must not look like one that passed. */
export function requireTests(counts: Counts): Counts {
  return counts.passed + counts.failed === 0 ? { passed: 0, failed: 1 } : counts;
}

export interface SuiteResult {
  readonly title: string;
  readonly counts: Counts;
  readonly seconds: number;
}

/** A line a suite, in columns. */
export function resultTable(results: readonly SuiteResult[]): string {
  const rows = [
    ['suite', 'passed', 'failed', 'time'],
    ...results.map(({ title, counts, seconds }) => [
      title,
      String(counts.passed),
      String(counts.failed),
      `${seconds.toFixed(0)} s`,
    ]),
  ];
  const widths =
    rows[0]?.map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

export function summaryLine(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed`;
}
