/**
 * `npm run bench`: measures the extension beside OpenSSH and virsh, on a lab. Prints tables and writes out/bench.json.
 * `-- tree hung sizes window` measures some of it only.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { exitOnSignals } from '../signals.ts';
import type { Say } from '../say.ts';
import { describeMachine, load } from './conditions.ts';
import { measureFullTree } from './fullTree.ts';
import { measureHungStorage } from './hungStorage.ts';
import { isReached, type Findings } from './results.ts';
import { setScene, type Scene } from './scene.ts';
import { measureSizes } from './sizes.ts';
import { comparisonTable, figureTable, targetTable } from './tables.ts';
import { measureWindow } from './window.ts';

const parts: Readonly<Record<string, (scene: Scene, say: Say) => Promise<Findings>>> = {
  tree: measureFullTree,
  window: measureWindow,
  sizes: measureSizes,
  hung: measureHungStorage,
};

const say: Say = (line) => {
  console.log(line);
};

exitOnSignals();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  say(`There is no part ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}
const startedAt = Date.now();
const loadBefore = load();
const scene = await setScene(say);
try {
  const findings: Findings[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) findings.push(await measure(scene, say));
  }
  const conditions = await describeMachine(scene, loadBefore);
  const comparisons = findings.flatMap((found) => found.comparisons);
  const figures = findings.flatMap((found) => found.figures);
  const targets = findings.flatMap((found) => found.targets);
  const tables = [
    ...comparisons.map(comparisonTable),
    ...(figures.length > 0 ? [figureTable(figures)] : []),
    ...(targets.length > 0 ? [targetTable(targets)] : []),
  ];
  say(`\n${[...conditions, `took ${((Date.now() - startedAt) / 1000).toFixed(0)} s`].join('\n')}`);
  say(`\n${tables.join('\n\n')}`);
  await mkdir('out', { recursive: true });
  const judged = targets.map((target) => ({ ...target, reached: isReached(target) }));
  const report = { at: new Date(startedAt).toISOString(), conditions, comparisons, figures, targets: judged };
  await writeFile('out/bench.json', `${JSON.stringify(report, undefined, 2)}\n`);
  say('\nAll of it is in out/bench.json.');
} finally {
  await scene.stop();
}
