import type { XmlDocument } from '../document.ts';
import type { Pattern } from '../relaxng/pattern.ts';
import { valuesIn } from '../relaxng/queries.ts';
import type { Schema } from '../relaxng/schema.ts';
import type { ElementView, KnownValues, ValueSource } from './knownValues.ts';
import { likelyValues } from './likely.ts';

/** A value that may stand at a place. */
export interface PossibleValue {
  readonly value: string;
  readonly detail?: string | undefined;
}

const unwritable = /[\p{Cc}\p{Cs}\ufffe\uffff]/u;

/** The values that are known for the places of one document. */
export class Values {
  readonly #schema: Schema;
  readonly #document: XmlDocument;
  readonly #source: ValueSource | undefined;

  constructor(schema: Schema, document: XmlDocument, source: ValueSource | undefined) {
    this.#schema = schema;
    this.#document = document;
    this.#source = source;
  }

  /**
   * All values that the pattern takes and that are known: those that exist first, then the likely ones, those that the
   * host has not last.
   * @param attribute undefined for the text of the element
   */
  at(element: ElementView, attribute: string | undefined, pattern: Pattern): readonly PossibleValue[] {
    const fits = (value: string): boolean =>
      !unwritable.test(value) && this.#schema.derivatives.takesValue(pattern, value);
    const known = this.#known(element, attribute);
    const existing = (known?.values ?? []).filter(({ value }) => fits(value));
    const likely = likelyValues(element.parent?.name, element.name, attribute).filter(fits);
    const detail = known?.others;
    const listed = new Set(existing.map(({ value }) => value));
    const others = [...new Set([...likely, ...valuesIn(pattern)])]
      .filter((value) => !listed.has(value))
      .map((value) => ({ value, detail }));
    return [
      ...existing.filter(({ isLast }) => isLast !== true),
      ...others,
      ...existing.filter(({ isLast }) => isLast),
    ];
  }

  #known(element: ElementView, attribute: string | undefined): KnownValues | undefined {
    return this.#source?.({ document: this.#document, element, attribute });
  }
}
