import type { ValueSource } from '../completion/knownValues.ts';
import { PartsSource } from '../completion/partsSource.ts';
import type { XmlDocument, XmlFault } from '../document.ts';
import { applyEdits, type TextEdit } from '../edits.ts';
import type { Fix } from '../fix.ts';
import type { SchemaFault } from '../relaxng/fault.ts';
import type { Schema } from '../relaxng/schema.ts';
import { Validator } from '../relaxng/validator.ts';
import { scan } from '../scanner/scan.ts';
import { markupFixes } from './markup/markupFixes.ts';
import { faultyPlace } from './schema/faultyPlace.ts';
import { possibleSchemaFixes } from './schema/schemaFixes.ts';
import { snippetText } from './snippetText.ts';

/** Faults whose fixes are tried in one round of mending everything. */
const maxFaults = 200;
const maxRounds = 8;

/**
 * Finds what can be done about the faults of documents of one schema. Each fix is tried before it is offered: after it
 * there are fewer faults than before.
 */
export class Fixer {
  readonly #validator: Validator;
  readonly #parts: PartsSource;
  #counted: { readonly document: XmlDocument; readonly faults: number } | undefined;

  /** @param source what is known of the world around the documents, for values that are to be filled in */
  constructor(schema: Schema, source?: ValueSource) {
    this.#validator = new Validator(schema);
    this.#parts = new PartsSource(schema, source);
  }

  /** The fixes of a fault that a validator found in this document, the likeliest first; at most one is preferred. */
  fixesOf(document: XmlDocument, fault: SchemaFault): readonly Fix[] {
    const place = faultyPlace(document, fault, this.#parts.for(document));
    if (place === undefined) return [];
    const now = this.#countOf(document);
    const working = possibleSchemaFixes(place).filter(
      (fix) => this.#faultsIn(scan(textAfter(document.text, fix))) < now,
    );
    const preferred = working.find(({ isPreferred }) => isPreferred);
    return working.map((fix) => (fix === preferred ? fix : { ...fix, isPreferred: false }));
  }

  /** Mends everything that has one answer and needs nothing filled in: the markup first. No edits when nothing has. */
  fixAll(document: XmlDocument): readonly TextEdit[] {
    let mended = document;
    for (let round = 0; round < maxRounds; round++) {
      const text = this.#mendOnce(mended);
      if (text === undefined) break;
      mended = scan(text);
    }
    return mended === document ? [] : [difference(document.text, mended.text)];
  }

  /**
   * The text after all preferred fixes that do not touch each other; undefined when it gets no better. Broken markup
   * hides faults of the schema, so those do not count while there is any.
   */
  #mendOnce(document: XmlDocument): string | undefined {
    const sets = this.#preferredEdits(document);
    const chosen: TextEdit[] = [];
    for (const edits of sets) if (!edits.some((edit) => touchesOne(edit, chosen))) chosen.push(...edits);
    const isBetter = (mended: XmlDocument): boolean =>
      document.faults.length > 0
        ? mended.faults.length < document.faults.length
        : this.#faultsIn(mended) < this.#countOf(document);
    const first = sets[0] ?? [];
    return [chosen, first]
      .filter((edits) => edits.length > 0)
      .map((edits) => applyEdits(document.text, edits))
      .find((text) => isBetter(scan(text)));
  }

  #preferredEdits(document: XmlDocument): readonly (readonly TextEdit[])[] {
    const faults: readonly (XmlFault | SchemaFault)[] =
      document.faults.length > 0 ? document.faults : this.#validator.validate(document);
    return faults.slice(0, maxFaults).flatMap((fault) => {
      const fixes = 'elementStart' in fault ? this.fixesOf(document, fault) : markupFixes(document, fault);
      const preferred = fixes.find(({ isPreferred }) => isPreferred);
      return preferred !== undefined && 'edits' in preferred ? [preferred.edits] : [];
    });
  }

  #countOf(document: XmlDocument): number {
    if (this.#counted?.document !== document) {
      this.#counted = { document, faults: this.#faultsIn(document) };
    }
    return this.#counted.faults;
  }

  #faultsIn(document: XmlDocument): number {
    return document.faults.length + this.#validator.validate(document).length;
  }
}

function textAfter(text: string, fix: Fix): string {
  return applyEdits(
    text,
    'edits' in fix ? fix.edits : [{ range: fix.snippet.range, newText: snippetText(fix.snippet.snippet) }],
  );
}

function touchesOne({ range }: TextEdit, others: readonly TextEdit[]): boolean {
  return others.some((other) => range.start <= other.range.end && other.range.start <= range.end);
}

/** One edit that makes the one text of the other. */
function difference(from: string, to: string): TextEdit {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start++;
  let end = 0;
  const most = Math.min(from.length, to.length) - start;
  while (end < most && from[from.length - 1 - end] === to[to.length - 1 - end]) end++;
  return { range: { start, end: from.length - end }, newText: to.slice(start, to.length - end) };
}
