import { ensureAptPackages } from '../../../tools/apt.ts';
import { libvirtCorpora, type Corpus } from '../../../tools/corpus/corpus.ts';
import { ownEngine, type Judge } from '../../../tools/corpus/ownEngine.ts';
import { jingPackage } from '../../../tools/corpus/referees/jing.ts';
import { xmllintPackage } from '../../../tools/corpus/referees/xmllint.ts';

export interface Prepared {
  readonly corpus: Corpus;
  /** Our engine with the schemas of the corpus. */
  readonly judge: Judge;
}

let ready: Promise<readonly [Prepared, Prepared]> | undefined;

/** libvirt's documents of the reference version and of the newest, and the referees: made ready once for all tests. */
export async function prepared(): Promise<readonly [reference: Prepared, newest: Prepared]> {
  ready ??= prepare();
  return ready;
}

async function prepare(): Promise<readonly [Prepared, Prepared]> {
  const say = (line: string): void => {
    console.log(line);
  };
  await ensureAptPackages([jingPackage, xmllintPackage], say);
  const [reference, newest] = await libvirtCorpora(say);
  if (reference === undefined || newest === undefined) throw new Error('There are fewer than two corpora.');
  const withJudge = (corpus: Corpus): Prepared => ({ corpus, judge: ownEngine(corpus.schemaFolder) });
  return [withJudge(reference), withJudge(newest)];
}
