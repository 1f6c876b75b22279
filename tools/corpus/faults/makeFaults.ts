import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Corpus } from '../corpus.ts';
import { readPage } from '../edits/page.ts';
import { Random } from '../random.ts';
import { askJing } from '../referees/jing.ts';
import { askOnTexts } from '../referees/onTexts.ts';
import { askXmllint } from '../referees/xmllint.ts';
import { markupFaultMakers } from './markupFaults.ts';
import { schemaFaultMakers, type Language } from './schemaFaults.ts';
import type { SingleFault } from './singleFault.ts';

/** A fault in a document of the corpus, which a referee finds faulty. */
export interface CorpusFault extends SingleFault {
  readonly schema: string;
  /** The document that it was made in. */
  readonly path: string;
}

/** One fault in so many is in the markup. */
const markupShare = 6;
/** About a third of the faults in names and values are none to the schema. */
const triesPerFault = 2;

/**
 * Makes as many faults in documents of the corpus, each in a document of its own, the same ones for the same seed.
 * What jing takes as valid, or xmllint as well-formed, is no fault and is left out.
 */
export async function makeFaults(
  { schemaFolder, documents }: Corpus,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<CorpusFault[]> {
  const random = new Random(seed);
  const valid = documents.filter(({ isValid }) => isValid);
  const language = await readLanguage(
    schemaFolder,
    valid.map(({ path }) => path),
  );
  const tries: CorpusFault[] = [];
  while (tries.length < count * triesPerFault) {
    const document = random.pick(valid);
    const makers = random.below(markupShare) === 0 ? markupFaultMakers : schemaFaultMakers;
    const make = random.pick(makers);
    if (document === undefined || make === undefined) throw new Error('The corpus has no documents.');
    const { schema, path } = document;
    const fault = make(readPage(await readFile(path, 'utf8')), random, language);
    if (fault !== undefined) tries.push({ ...fault, schema, path });
  }
  const isFault = await judgeTries(schemaFolder, tries);
  const faults = tries.filter((_, at) => isFault[at]);
  if (faults.length < count) throw new Error(`Only ${faults.length} faults were made.`);
  return faults.slice(0, count);
}

async function judgeTries(schemaFolder: string, tries: readonly CorpusFault[]): Promise<boolean[]> {
  const malformed = tries.filter(({ isMalformed }) => isMalformed);
  const others = tries.filter(({ isMalformed }) => !isMalformed);
  const markup = await askOnTexts(askXmllint, schemaFolder, malformed);
  const schema = await askOnTexts(askJing, schemaFolder, others);
  const faulty = new Set([
    ...malformed.filter((_, at) => markup[at]?.some(({ message }) => message.includes('parser error'))),
    ...others.filter((_, at) => (schema[at] ?? []).length > 0),
  ]);
  return tries.map((one) => faulty.has(one));
}

async function readLanguage(schemaFolder: string, paths: readonly string[]): Promise<Language> {
  const schemas = (await readdir(schemaFolder)).filter((name) => name.endsWith('.rng'));
  const literals = new Set<string>();
  for (const schema of schemas) {
    const text = await readFile(join(schemaFolder, schema), 'utf8');
    for (const [, literal = ''] of text.matchAll(/<value>([^<]*[^<\d][^<]*)<\/value>/g))
      literals.add(literal);
  }
  const homes = new Map<string, Set<string>>();
  for (const path of paths) {
    for (const { name, parent } of readPage(await readFile(path, 'utf8')).elements) {
      const known = homes.get(name) ?? new Set();
      homes.set(name, known);
      if (parent !== undefined) known.add(parent.name);
    }
  }
  return { literals, homes };
}
