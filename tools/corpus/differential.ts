import { readFile } from 'node:fs/promises';
import type { Corpus } from './corpus.ts';
import { collectPieces } from './edits/pieces.ts';
import { editRandomly } from './edits/randomEdits.ts';
import type { Diagnostic, Judge } from './ownEngine.ts';
import { Random } from './random.ts';
import type { Complaint } from './referees/complaint.ts';
import { askJing } from './referees/jing.ts';
import { askOnTexts, type JudgedText } from './referees/onTexts.ts';

/** A document on which the two do not agree. */
export interface Difference extends JudgedText {
  readonly own: readonly Diagnostic[];
  readonly jing: readonly Complaint[];
}

export interface Differential {
  readonly count: number;
  /** How many of them jing takes: with all or none, the comparison would say nothing. */
  readonly validCount: number;
  readonly differences: readonly Difference[];
}

/** Documents longer than this say nothing that shorter ones do not, and take their time. */
const longestDocument = 12_000;
const chunkSize = 12_500;

/** Has our engine and jing judge as many randomly edited documents of the corpus, the same ones for the same seed. */
export async function compareWithJing(
  { schemaFolder, documents }: Corpus,
  judge: Judge,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<Differential> {
  const random = new Random(seed);
  const valid = await Promise.all(
    documents
      .filter(({ isValid }) => isValid)
      .map(async ({ schema, path }) => ({ schema, text: await readFile(path, 'utf8') })),
  );
  const originals = valid.filter(({ text }) => text.length < longestDocument);
  const pieces = collectPieces(originals.map(({ text }) => text));
  const differences: Difference[] = [];
  let validCount = 0;
  for (let done = 0; done < count; done += chunkSize) {
    const edited = Array.from({ length: Math.min(chunkSize, count - done) }, () =>
      editedOne(originals, (text) => editRandomly(text, pieces, random), random),
    );
    const answers = await askOnTexts(askJing, schemaFolder, edited);
    for (const [at, document] of edited.entries()) {
      const jing = answers[at] ?? [];
      const own = judge(document.schema, document.text);
      if (jing.length === 0) validCount++;
      if ((own.length === 0) !== (jing.length === 0)) differences.push({ ...document, own, jing });
    }
  }
  return { count, validCount, differences };
}

function editedOne(
  originals: readonly JudgedText[],
  edit: (text: string) => string,
  random: Random,
): JudgedText {
  const original = random.pick(originals);
  if (original === undefined) throw new Error('The corpus has no documents.');
  return { schema: original.schema, text: edit(original.text) };
}
