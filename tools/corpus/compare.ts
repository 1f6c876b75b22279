/**
 * `node --import tsx tools/corpus/compare.ts [COUNT] [SEED]`: has our engine and jing judge so many randomly edited
 * documents of each version, 50,000 unless said, and prints on which they differ and why.
 */
import { ensureAptPackages } from '../apt.ts';
import { exitOnSignals } from '../signals.ts';
import { libvirtCorpora } from './corpus.ts';
import { compareWithJing } from './differential.ts';
import { ownEngine } from './ownEngine.ts';
import { jingPackage } from './referees/jing.ts';
import { xmllintPackage } from './referees/xmllint.ts';
import { explainDifferences } from './stricterCases.ts';

exitOnSignals();
const [count = '50000', seed = '1'] = process.argv.slice(2);
await ensureAptPackages([jingPackage, xmllintPackage], console.log);
for (const corpus of await libvirtCorpora(console.log)) {
  const judge = ownEngine(corpus.schemaFolder);
  const found = await compareWithJing(corpus, judge, { count: Number(count), seed: Number(seed) });
  const { validCount, differences } = found;
  console.log(
    `libvirt ${corpus.version}: ${count} documents, ${validCount} valid, ${differences.length} differences`,
  );
  const explained = await explainDifferences(corpus.schemaFolder, differences, judge);
  for (const name of new Set(explained.flatMap(({ reason }) => reason ?? []))) {
    console.log(`  ${explained.filter(({ reason }) => reason === name).length}: ${name}`);
  }
  for (const { difference } of explained.filter(({ reason }) => reason === undefined)) {
    const { schema, text, own, jing } = difference;
    const said = own[0]?.message ?? 'valid';
    console.log(`  ${schema}: ours: ${said}; jing: ${jing[0]?.message ?? 'valid'}\n${text}`);
    process.exitCode = 1;
  }
}
