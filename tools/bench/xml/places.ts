import type { Corpus } from '../../corpus/corpus.ts';
import { makeFaults, type CorpusFault } from '../../corpus/faults/makeFaults.ts';
import { judgePlaces } from '../../corpus/faults/placeQuality.ts';
import { sharesOf } from '../../corpus/faults/report.ts';
import { ownEngine, type Diagnostic } from '../../corpus/ownEngine.ts';
import type { Complaint, Complaints } from '../../corpus/referees/complaint.ts';
import { askJing } from '../../corpus/referees/jing.ts';
import { askOnTexts } from '../../corpus/referees/onTexts.ts';
import { askXmllint } from '../../corpus/referees/xmllint.ts';
import { LineIndex } from '../../../src/xml/lines.ts';
import type { Figure, Findings } from '../results.ts';

const count = 1500;

/**
 * Where each engine tells single faults, in percent. Broken markup is left out for the others: they stop there, each
 * with a parser of another make.
 */
export async function measurePlaces(corpus: Corpus): Promise<Findings> {
  const { schemaFolder } = corpus;
  const faults = await makeFaults(corpus, { count, seed: 1500 });
  const judge = ownEngine(schemaFolder);
  const own = faults.map(({ schema, text }) => judge(schema, text));
  const all = sharesOf(await judgePlaces(schemaFolder, faults, own));
  const wellFormed = faults.filter(({ isMalformed }) => !isMalformed);
  const ofSchema = sharesOf(
    await judgePlaces(
      schemaFolder,
      wellFormed,
      wellFormed.map(({ schema, text }) => judge(schema, text)),
    ),
  );
  const othersSay = async (
    ask: (schema: string, files: readonly string[]) => Promise<Complaints>,
  ): Promise<ReturnType<typeof sharesOf>> => {
    const answers = await askOnTexts(ask, schemaFolder, wellFormed);
    const diagnostics = wellFormed.map((fault, at) =>
      (answers[at] ?? []).map((complaint) => diagnosticOf(fault, complaint)),
    );
    return sharesOf(await judgePlaces(schemaFolder, wellFormed, diagnostics));
  };
  const jing = await othersSay(askJing);
  const xmllint = await othersSay(askXmllint);
  const rows: Readonly<Record<string, number>> = {
    [`first error on the line: extension, ${count} faults`]: all.onLine,
    'first error on the token: extension': all.onToken,
    'answer named: extension': all.answerNamed,
    [`first error on the line: extension, ${wellFormed.length} faults of the schema`]: ofSchema.onLine,
    'first error on the line: jing': jing.onLine,
    'first error on the line: xmllint': xmllint.onLine,
    'first error on the token: extension, faults of the schema': ofSchema.onToken,
    'first error on the token: jing': jing.onToken,
    'answer named: extension, faults of the schema': ofSchema.answerNamed,
    'answer named: jing': jing.answerNamed,
    'answer named: xmllint': xmllint.answerNamed,
  };
  return {
    comparisons: [],
    figures: Object.entries(rows).map(([name, share]): Figure => ({
      name,
      values: [share * 100],
      unit: '%',
    })),
    targets: [
      { name: 'faults told first on another line', limit: 0.5, unit: '%', value: (1 - all.onLine) * 100 },
      { name: 'faults told first at another token', limit: 3, unit: '%', value: (1 - all.onToken) * 100 },
      { name: 'answers not named', limit: 5, unit: '%', value: (1 - all.answerNamed) * 100 },
    ],
  };
}

/** jing tells where the start tag ends, xmllint the line alone, which is taken as the first tag on it. */
function diagnosticOf({ text }: CorpusFault, { line, column, message }: Complaint): Diagnostic {
  const lines = new LineIndex(text);
  const start = lines.offsetAt({ line: line - 1, column: 0 });
  const tag = /<?\S/.exec(text.slice(start));
  const offset =
    column === undefined ? start + (tag?.index ?? 0) : lines.offsetAt({ line: line - 1, column: column - 2 });
  return { range: { start: offset, end: offset }, message };
}
