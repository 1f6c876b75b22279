import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { makeFaults } from '../../tools/corpus/faults/makeFaults.ts';
import { judgePlaces, type Told } from '../../tools/corpus/faults/placeQuality.ts';
import { isCrowded, placeReport, sharesOf } from '../../tools/corpus/faults/report.ts';
import { prepared } from './support/prepared.ts';

const report = 'out/corpus/places.txt';

describe('1,500 single faults in libvirt’s documents', () => {
  let told: readonly Told[] = [];

  before(async () => {
    const [, { corpus, judge }] = await prepared();
    const faults = await makeFaults(corpus, { count: 1500, seed: 1_500 });
    const diagnostics = faults.map(({ schema, text }) => judge(schema, text));
    told = await judgePlaces(corpus.schemaFolder, faults, diagnostics);
    await mkdir('out/corpus', { recursive: true });
    await writeFile(report, placeReport(told));
  });

  it('are all found', () => {
    const missed = told.filter(({ diagnostics }) => diagnostics.length === 0);
    assert.deepEqual(
      missed.map(({ fault }) => `${fault.kind} in ${fault.path}`),
      [],
    );
  });

  it('are told first on the right line in 99.5 %', () => {
    assertShare(sharesOf(told).onLine, 0.995);
  });

  it('are told first at the exact token in 97 %', () => {
    assertShare(sharesOf(told).onToken, 0.97);
  });

  it('that have one answer are told with the answer in 95 %', () => {
    assertShare(sharesOf(told).answerNamed, 0.95);
  });

  it('in the markup give at most two diagnostics', () => {
    const crowded = told.filter(isCrowded);
    assert.equal(crowded.length, 0, `${crowded.length} give more: see ${report}`);
  });
});

function assertShare(share: number, least: number): void {
  assert.ok(share >= least, `only ${(share * 100).toFixed(1)} %: the others are in ${report}`);
}
