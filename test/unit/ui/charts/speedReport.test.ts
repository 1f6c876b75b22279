import assert from 'node:assert/strict';
import { speedTests } from '../../../../src/operations/images/bench/speedTests.ts';
import { speedPage } from '../../../../src/ui/charts/speedPage.ts';
import { speedReportAsMarkdown, type SpeedReport } from '../../../../src/ui/charts/speedReport.ts';

const speeds = (factor: number): SpeedReport['series'][number]['speeds'] =>
  speedTests.map((test) => ({
    test,
    requestsPerSecond: 1000 * factor,
    bytesPerSecond: 1000 * factor * test.requestBytes,
  }));

const report: SpeedReport = {
  title: 'Speed of <b>vms</b>',
  remarks: ['Measure twice.'],
  series: [
    { name: 'RBD | web1', speeds: speeds(1) },
    { name: '/srv', speeds: speeds(4) },
  ],
};

describe('a report of speeds', () => {
  it('tells large requests in bytes and small ones in requests, as a table that names cannot break', () => {
    const lines = speedReportAsMarkdown(report).split('\n');
    assert.equal(lines[2], '|  | RBD \\| web1 | /srv |');
    assert.match(lines[4] ?? '', /^\| Writing, 4 MiB in a row \| 3\.9 GiB\/s \| 15\.6 GiB\/s \|$/);
    assert.match(lines[6] ?? '', /^\| Reading, 4 KiB scattered \| 1,000 IOPS \| 4,000 IOPS \|$/);
  });

  it('draws the fastest as the longest bar, and takes no name for markup', () => {
    const page = speedPage(report);
    assert.ok(!page.includes('<b>'));
    assert.equal([...page.matchAll(/width:25\.0%/g)].length, speedTests.length);
    assert.equal([...page.matchAll(/width:100\.0%/g)].length, speedTests.length);
  });
});
