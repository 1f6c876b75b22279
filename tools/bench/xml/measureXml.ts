import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureAptPackages } from '../../apt.ts';
import { libvirtCorpora } from '../../corpus/corpus.ts';
import { jingPackage } from '../../corpus/referees/jing.ts';
import { xmllintPackage } from '../../corpus/referees/xmllint.ts';
import type { Say } from '../../say.ts';
import { median, type Findings } from '../results.ts';
import { measureKeystrokes } from './keystrokes.ts';
import { madeDomain } from './madeDomain.ts';
import { measurePlaces } from './places.ts';
import { Programs } from './programs.ts';
import { measureWholeCorpus } from './wholeCorpus.ts';

const coldRuns = 9;
const memoryRounds = 5;
const memoryEdits = 4000;
const memoryLines = 1000;

/** The XML language beside xmllint, jing and libxml2-wasm: speed, memory, verdicts and places. */
export async function measureXml(say: Say): Promise<Findings> {
  await ensureAptPackages([jingPackage, xmllintPackage], say);
  const corpus = (await libvirtCorpora(say)).at(-1);
  if (corpus === undefined) throw new Error('There are no documents of libvirt.');
  const programs = await Programs.build();
  const { schemaFolder } = corpus;
  say('Starting the XML engine again and again.');
  const cold = await measureColdStart(programs, schemaFolder);
  say('Typing in domains.');
  const keystrokes = await measureKeystrokes(programs, schemaFolder);
  say('Editing for a day.');
  const memory = await measureMemory(programs, schemaFolder);
  say(`Judging all documents of libvirt ${corpus.version}.`);
  const whole = await measureWholeCorpus(programs, corpus);
  say('Making faults, and asking where they are.');
  const places = await measurePlaces(corpus);
  const all = [keystrokes, cold, memory, whole, places];
  return {
    comparisons: all.flatMap(({ comparisons }) => comparisons),
    figures: all.flatMap(({ figures }) => figures),
    targets: all.flatMap(({ targets }) => targets),
  };
}

async function measureColdStart(programs: Programs, schemaFolder: string): Promise<Findings> {
  const document = join(programs.folder, 'small.xml');
  await writeFile(document, madeDomain(107));
  const schema: number[] = [];
  const firstCheck: number[] = [];
  for (let run = 0; run < coldRuns; run++) {
    const { schemaMs, firstCheckMs } = await programs.coldStart(schemaFolder, document);
    schema.push(schemaMs);
    firstCheck.push(firstCheckMs);
  }
  return {
    comparisons: [],
    figures: [
      { name: 'the schema of domains is ready, in a fresh process', values: schema, unit: 'ms' },
      { name: 'the first check after that, 107 lines', values: firstCheck, unit: 'ms' },
    ],
    targets: [{ name: 'schema ready, cold', limit: 60, below: true, unit: 'ms', value: median(schema) }],
  };
}

/** The heap after rounds of edits: what is remembered of documents is forgotten after a while, so it goes up and down. */
async function measureMemory(programs: Programs, schemaFolder: string): Promise<Findings> {
  const document = join(programs.folder, 'large.xml');
  await writeFile(document, madeDomain(memoryLines));
  const rounds = await programs.memory(schemaFolder, document, memoryRounds, memoryEdits);
  const edits = (memoryRounds * memoryEdits).toLocaleString('en');
  return {
    comparisons: [],
    figures: [
      {
        name: `heap during ${edits} edits of ${memoryLines.toLocaleString('en')} lines`,
        values: rounds,
        unit: 'MB',
      },
    ],
    targets: [
      { name: `heap, the most during ${edits} edits`, limit: 32, unit: 'MB', value: Math.max(...rounds) },
    ],
  };
}
