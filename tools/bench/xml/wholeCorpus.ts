import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Corpus } from '../../corpus/corpus.ts';
import type { Complaints } from '../../corpus/referees/complaint.ts';
import { askJing } from '../../corpus/referees/jing.ts';
import { askXmllint } from '../../corpus/referees/xmllint.ts';
import { Samples, type Findings } from '../results.ts';
import { libxml2Checker } from './libxml2.ts';
import type { Programs } from './programs.ts';

/** Whether a document is valid, of all documents of one schema. */
type Verdicts = (schema: string, files: readonly string[]) => Promise<ReadonlyMap<string, boolean>>;

const runs = 3;

/** Every document of the corpus, judged by each engine from scratch, schemas and all; and how many verdicts are wrong. */
export async function measureWholeCorpus(
  programs: Programs,
  { version, schemaFolder, documents }: Corpus,
): Promise<Findings> {
  const ways: Readonly<Record<string, Verdicts>> = {
    extension: async (schema, files) => {
      const check = programs.engine.checker(programs.engine.openSchema(schemaFolder, schema));
      return verdictsBy(files, (text) => check(text) === 0);
    },
    'libxml2-wasm': async (schema, files) => verdictsBy(files, libxml2Checker(schemaFolder, schema)),
    'xmllint, a process a schema': async (schema, files) =>
      verdictsOf(files, await askXmllint(join(schemaFolder, schema), files)),
    'jing, a process a schema': async (schema, files) =>
      verdictsOf(files, await askJing(join(schemaFolder, schema), files)),
  };
  const schemas = [...new Set(documents.map(({ schema }) => schema))];
  const samples = new Samples();
  const wrong = new Map<string, number>();
  for (let run = 0; run < runs; run++) {
    for (const [name, judge] of Object.entries(ways)) {
      const startedAt = performance.now();
      let wrongOnes = 0;
      for (const schema of schemas) {
        const own = documents.filter((document) => document.schema === schema);
        const verdicts = await judge(
          schema,
          own.map(({ path }) => path),
        );
        wrongOnes += own.filter(({ path, isValid }) => verdicts.get(path) !== isValid).length;
      }
      samples.add(name, { seconds: (performance.now() - startedAt) / 1000 });
      wrong.set(name, wrongOnes);
    }
  }
  return {
    comparisons: [
      {
        title: `All ${documents.length} documents of libvirt ${version}, from scratch`,
        of: 'ways',
        ways: samples.ways.map(({ name, samples: own }) => ({
          name: `${name}: ${wrong.get(name) ?? 0} wrong`,
          samples: own,
        })),
      },
    ],
    figures: [],
    targets: [
      {
        name: 'wrong verdicts of the extension',
        limit: 0,
        unit: 'documents',
        value: wrong.get('extension') ?? NaN,
      },
    ],
  };
}

async function verdictsBy(
  files: readonly string[],
  isValid: (text: string) => boolean,
): Promise<Map<string, boolean>> {
  const verdicts = new Map<string, boolean>();
  for (const file of files) verdicts.set(file, isValid(await readFile(file, 'utf8')));
  return verdicts;
}

function verdictsOf(files: readonly string[], complaints: Complaints): Map<string, boolean> {
  return new Map(files.map((file) => [file, !complaints.has(file)]));
}
