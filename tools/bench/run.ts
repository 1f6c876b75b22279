/**
 * `npm run bench`: measures the extension beside OpenSSH and virsh, on a lab, and its XML language beside other engines.
 * Prints tables and writes out/bench.json. `-- tree window sizes images hung xml` measures some of it only.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { exitOnSignals } from '../signals.ts';
import type { Say } from '../say.ts';
import { describeLab, describeMachine, load } from './conditions.ts';
import { measureFullTree } from './fullTree.ts';
import { measureHungStorage } from './hungStorage.ts';
import { measureImages } from './images.ts';
import { isReached, type Findings } from './results.ts';
import { setScene, type Scene } from './scene.ts';
import { measureSizes } from './sizes.ts';
import { comparisonTable, figureTable, targetTable } from './tables.ts';
import { measureWindow } from './window.ts';
import { measureXml } from './xml/measureXml.ts';

/** What is measured on a lab. */
const labParts: Readonly<Record<string, (scene: Scene, say: Say) => Promise<Findings>>> = {
  tree: measureFullTree,
  window: measureWindow,
  sizes: measureSizes,
  images: measureImages,
  hung: measureHungStorage,
};
/** What needs no lab. */
const localParts: Readonly<Record<string, (say: Say) => Promise<Findings>>> = { xml: measureXml };

const say: Say = (line) => {
  console.log(line);
};

exitOnSignals();
const names = [...Object.keys(labParts), ...Object.keys(localParts)];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  say(`There is no part ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
  process.exit(1);
}
const startedAt = Date.now();
const loadBefore = load();
const findings: Findings[] = [];
const labConditions: string[] = [];
if (wantedOf(labParts).length > 0) {
  const scene = await setScene(say);
  try {
    for (const measure of wantedOf(labParts)) findings.push(await measure(scene, say));
    labConditions.push(...(await describeLab(scene)));
  } finally {
    await scene.stop();
  }
}
for (const measure of wantedOf(localParts)) findings.push(await measure(say));
const conditions = [...describeMachine(loadBefore), ...labConditions];
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

function wantedOf<T>(parts: Readonly<Record<string, T>>): T[] {
  return Object.entries(parts).flatMap(([name, part]) =>
    wanted.length === 0 || wanted.includes(name) ? [part] : [],
  );
}
