import type { TextRange, XmlElement } from '../../../src/xml/document.ts';
import { LineIndex } from '../../../src/xml/lines.ts';
import { elementsOf } from '../../../src/xml/queries.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';
import { spliced } from '../edits/page.ts';
import type { Diagnostic } from '../ownEngine.ts';
import { askJing } from '../referees/jing.ts';
import { askOnTexts } from '../referees/onTexts.ts';
import type { CorpusFault } from './makeFaults.ts';

/** How well an engine tells one fault. */
export interface Told {
  readonly fault: CorpusFault;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the first thing said is on the line of the fault. */
  readonly isOnLine: boolean;
  /** Whether it is at the token. */
  readonly isOnToken: boolean;
  /** Whether what is said at the right place names the answer; undefined when there is no one answer. */
  readonly namesAnswer: boolean | undefined;
}

/**
 * Judges what an engine says of faults, `diagnostics[i]` of `faults[i]`.
 *
 * The right place is where the fault was made, but some faults have a second reading: after `type` was taken from a
 * `<source>` an attribute beside it may be the one too many, and of an element that is there twice either is. So a
 * place is right, too, when taking away the one attribute, element or text that is reported there gives a document that
 * jing finds valid: then nothing in the document tells which of the two is the mistake. What holds the place of the
 * fault is never such a second reading, nor is anything in broken markup; and where the second reading is told, no
 * answer is asked for.
 */
export async function judgePlaces(
  schemaFolder: string,
  faults: readonly CorpusFault[],
  diagnostics: readonly (readonly Diagnostic[])[],
): Promise<Told[]> {
  const told = faults.map((fault, at) => tell(fault, diagnostics[at] ?? []));
  const doubtful = told.filter(({ isOnToken }) => !isOnToken);
  const readings = doubtful.flatMap((one) => {
    const text = withoutReported(one);
    return text === undefined ? [] : [{ one, text, schema: one.fault.schema }];
  });
  const answers = await askOnTexts(askJing, schemaFolder, readings);
  const second = new Set(readings.filter((_, at) => answers[at]?.length === 0).map(({ one }) => one));
  return told.map((one) =>
    second.has(one) ? { ...one, isOnLine: true, isOnToken: true, namesAnswer: undefined } : one,
  );
}

function tell(fault: CorpusFault, diagnostics: readonly Diagnostic[]): Told {
  const [first] = diagnostics;
  const lines = new LineIndex(fault.text);
  const lineOf = (offset: number): number => lines.positionAt(offset).line;
  const isAt = (place: TextRange, { range: { start } }: Diagnostic): boolean =>
    start >= place.start - 1 && start <= place.end;
  const isOnLineOf = (place: TextRange, { range: { start } }: Diagnostic): boolean =>
    lineOf(start) >= lineOf(place.start) && lineOf(start) <= lineOf(place.end);
  const isRight = (diagnostic: Diagnostic): boolean =>
    fault.places.some((place) => isOnLineOf(place, diagnostic));
  const { answer } = fault;
  return {
    fault,
    diagnostics,
    isOnLine: first !== undefined && isRight(first),
    isOnToken: first !== undefined && fault.places.some((place) => isAt(place, first)),
    namesAnswer:
      answer === undefined
        ? undefined
        : diagnostics.some((diagnostic) => isRight(diagnostic) && names(diagnostic.message, answer)),
  };
}

/** Whether the word stands in the message by itself. */
function names(message: string, word: string): boolean {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${literal}(?![\\w-])`).test(message);
}

/** The document without what is reported first; undefined when that cannot be a second reading. */
function withoutReported({ fault, diagnostics: [first] }: Told): string | undefined {
  if (first === undefined || fault.isMalformed) return undefined;
  const reported = partAt(fault.text, first.range);
  if (reported === undefined) return undefined;
  const holdsFault = fault.places.some(({ start }) => start >= reported.start && start < reported.end);
  return holdsFault ? undefined : spliced(fault.text, reported.start, reported.end, '');
}

/** The attribute, element or text that a report is of. */
function partAt(text: string, { start, end }: TextRange): TextRange | undefined {
  const holds = (range: TextRange | undefined): boolean =>
    range !== undefined && range.start <= start && start < range.end;
  const innermost = [...elementsOf(scan(text))].findLast(({ range }) => holds(range));
  if (innermost === undefined) return undefined;
  const attribute = innermost.attributes.find(({ range }) => holds(range));
  if (attribute !== undefined) return attribute.range;
  return isInTag(innermost, start) ? innermost.range : { start, end };
}

function isInTag({ startTagRange }: XmlElement, offset: number): boolean {
  return offset >= startTagRange.start && offset < startTagRange.end;
}
