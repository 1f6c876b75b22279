import type { Pattern } from '../relaxng/pattern.ts';
import { valuesIn } from '../relaxng/queries.ts';
import type { Schema } from '../relaxng/schema.ts';
import { likelyValues } from './likely.ts';
import type { ElementView, KnownValue, ValueSource } from './knownValues.ts';

/** A value that may stand at a place. */
export interface PossibleValue {
  readonly value: string;
  readonly detail?: string | undefined;
}

/** All values that are known for a place: those that exist first, then the likely ones, those that the host has not last. */
export class Values {
  readonly #schema: Schema;
  readonly #source: ValueSource | undefined;

  constructor(schema: Schema, source: ValueSource | undefined) {
    this.#schema = schema;
    this.#source = source;
  }

  /** @param attribute undefined for the text of the element */
  at(element: ElementView, attribute: string | undefined, pattern: Pattern): readonly PossibleValue[] {
    const known = this.#known(element, attribute, pattern);
    const byValue = new Map<string, PossibleValue>();
    for (const value of known) if (value.rank !== 'last') byValue.set(value.value, value);
    const last = new Set(known.filter(({ rank }) => rank === 'last').map(({ value }) => value));
    const likely = likelyValues(element.parent?.name, element.name, attribute).filter((value) =>
      this.#schema.derivatives.takesValue(pattern, value),
    );
    for (const value of [...likely, ...valuesIn(pattern)]) {
      if (!byValue.has(value) && !last.has(value)) byValue.set(value, { value });
    }
    for (const value of known) if (!byValue.has(value.value)) byValue.set(value.value, value);
    return [...byValue.values()];
  }

  #known(element: ElementView, attribute: string | undefined, pattern: Pattern): readonly KnownValue[] {
    if (this.#source === undefined) return [];
    let root = element;
    while (root.parent !== undefined) root = root.parent;
    return this.#source({ element, attribute, root }).filter(
      ({ value }) => !unwritable.test(value) && this.#schema.derivatives.takesValue(pattern, value),
    );
  }
}

const unwritable = /[\p{Cc}\p{Cs}\ufffe\uffff]/u;
