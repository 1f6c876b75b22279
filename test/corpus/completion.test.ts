import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import {
  askProbes,
  tryOffers,
  type AskedProbe,
  type HarmfulOffer,
} from '../../tools/corpus/completion/askProbes.ts';
import { completionReport } from '../../tools/corpus/completion/report.ts';
import { prepared } from './support/prepared.ts';

const report = 'out/corpus/completion.txt';

describe('completion in libvirt’s documents', () => {
  let probes: readonly AskedProbe[] = [];
  let harmful: readonly HarmfulOffer[] = [];
  let offerCount = 0;

  before(async () => {
    const [, { corpus, judge }] = await prepared();
    probes = await askProbes(corpus, { documentCount: 600, seed: 7 });
    // One probe in six: each of its offers means a document to judge.
    const tried = probes.filter((_, at) => at % 6 === 0);
    ({ count: offerCount, harmful } = tryOffers(tried, judge));
    await mkdir('out/corpus', { recursive: true });
    await writeFile(report, completionReport(probes, offerCount, harmful));
  });

  it('offers what was taken out, in whole and in cut-off documents', () => {
    for (const kind of ['element', 'attribute', 'value']) {
      const asked = probes.filter(({ wanted }) => wanted.kind === kind);
      const missed = asked.filter(({ isOffered }) => !isOffered);
      assert.ok(asked.length > 900, `only ${asked.length} probes of an ${kind}`);
      assert.equal(missed.length, 0, `not offered: ${missed.length} of ${asked.length}: see ${report}`);
    }
  });

  it('leaves the document no worse with 98 % of the offers', () => {
    assert.ok(offerCount > 5000, `only ${offerCount} offers`);
    const share = 1 - harmful.length / offerCount;
    assert.ok(share >= 0.98, `only ${(share * 100).toFixed(1)} %: the others are in ${report}`);
  });
});
