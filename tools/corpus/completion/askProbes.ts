import { readFile } from 'node:fs/promises';
import { Completer } from '../../../src/xml/completion/completer.ts';
import type { Completions, Offer } from '../../../src/xml/completion/offer.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';
import type { Corpus } from '../corpus.ts';
import { readPage, spliced } from '../edits/page.ts';
import { ownSchema, type Judge } from '../ownEngine.ts';
import { Random } from '../random.ts';
import { expandSnippet, touchesStop } from './expandSnippet.ts';
import { makeProbes, type Probe } from './makeProbes.ts';

export interface AskedProbe extends Probe {
  readonly schema: string;
  /** The document that it was made of. */
  readonly path: string;
  readonly completions: Completions;
  /** Whether what was taken out is offered, and fits what is typed already. */
  readonly isOffered: boolean;
}

/** Asks for completion at places of documents of the corpus, the same ones for the same seed. */
export async function askProbes(
  { schemaFolder, documents }: Corpus,
  { documentCount, seed }: { readonly documentCount: number; readonly seed: number },
): Promise<AskedProbe[]> {
  const random = new Random(seed);
  const valid = documents.filter(({ isValid }) => isValid);
  const completers = new Map<string, Completer>();
  const asked: AskedProbe[] = [];
  for (let left = documentCount; left > 0; left--) {
    const document = random.pick(valid);
    if (document === undefined) throw new Error('The corpus has no documents.');
    const { schema, path } = document;
    const completer = completers.get(schema) ?? new Completer(ownSchema(schemaFolder, schema));
    completers.set(schema, completer);
    const page = readPage(await readFile(path, 'utf8'));
    // Only a value that the schema names can be asked for: nobody knows the name of a file.
    const probes = makeProbes(
      page,
      ({ valueRange, value }) =>
        valueRange !== undefined && has(completer.at(page.document, valueRange.start), 'value', value),
      random,
    );
    for (const probe of probes) {
      const completions = completer.at(scan(probe.text), probe.offset);
      asked.push({ ...probe, schema, path, completions, isOffered: isOffered(probe, completions) });
    }
  }
  return asked;
}

function isOffered({ text, offset, wanted }: Probe, { range, offers }: Completions): boolean {
  const typed = text.slice(range.start, offset);
  return offers.some(
    ({ kind, label, filterText }) =>
      kind === wanted.kind && label === wanted.label && filterText.startsWith(typed),
  );
}

function has({ offers }: Completions, kind: Offer['kind'], label: string): boolean {
  return offers.some((offer) => offer.kind === kind && offer.label === label);
}

/** An offer that made a document worse. */
export interface HarmfulOffer {
  readonly probe: AskedProbe;
  readonly offer: Offer;
  /** What is wrong afterwards. */
  readonly messages: readonly string[];
}

/**
 * Inserts every offer of the probes, and gives how many there are and which of them leave more faults than there were.
 * A fault at a tab stop that is empty does not count: the person is about to fill it.
 */
export function tryOffers(
  probes: readonly AskedProbe[],
  judge: Judge,
): { readonly count: number; readonly harmful: readonly HarmfulOffer[] } {
  const harmful: HarmfulOffer[] = [];
  let count = 0;
  for (const probe of probes) {
    const { schema, text, completions } = probe;
    const { start, end } = completions.range;
    const before = judge(schema, text).length;
    for (const offer of completions.offers) {
      count++;
      const { text: inserted, emptyStops } = expandSnippet(offer.snippet);
      const stops = emptyStops.map((stop) => start + stop);
      const after = judge(schema, spliced(text, start, end, inserted)).filter(
        ({ range }) => !touchesStop(range, stops),
      );
      if (after.length > before) {
        harmful.push({ probe, offer, messages: after.map(({ message }) => message) });
      }
    }
  }
  return { count, harmful };
}
