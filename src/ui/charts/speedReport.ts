import { t } from '../../base/l10n.ts';
import { formatBytes } from '../../base/sizes.ts';
import type { Speed, SpeedTest } from '../../operations/images/bench/speedTests.ts';

/** The speeds of one storage, in the order of the tests. */
export interface SpeedSeries {
  readonly name: string;
  readonly speeds: readonly Speed[];
}

export interface SpeedReport {
  readonly title: string;
  /** What one should know to read the numbers, a sentence each. */
  readonly remarks: readonly string[];
  readonly series: readonly SpeedSeries[];
}

/** In the unit in which the test is told. */
export function speedInWords({ test, bytesPerSecond, requestsPerSecond }: Speed): string {
  return test.unit === 'bytes'
    ? t('{0}/s', formatBytes(bytesPerSecond))
    : t('{0} IOPS', Math.round(requestsPerSecond).toLocaleString('en'));
}

/** What a chart's bar is as long as. */
export function speedAsNumber({ test, bytesPerSecond, requestsPerSecond }: Speed): number {
  return test.unit === 'bytes' ? bytesPerSecond : requestsPerSecond;
}

export function testsOf({ series }: SpeedReport): readonly SpeedTest[] {
  return (series[0]?.speeds ?? []).map(({ test }) => test);
}

/** The report as a table for a ticket or a wiki. */
export function speedReportAsMarkdown(report: SpeedReport): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const tests = testsOf(report);
  return [
    `# ${report.title}`,
    '',
    row(['', ...report.series.map(({ name }) => name)]),
    row(['---', ...report.series.map(() => '---:')]),
    ...tests.map((test, index) =>
      row([
        test.title(),
        ...report.series.map(({ speeds }) => (speeds[index] ? speedInWords(speeds[index]) : '')),
      ]),
    ),
    '',
    ...report.remarks.map((remark) => `- ${remark}`),
    '',
  ].join('\n');
}
