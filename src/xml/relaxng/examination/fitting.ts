import type { XmlElement } from '../../document.ts';
import { judgedAttributes } from '../attributes.ts';
import { isBlank } from '../derivatives.ts';
import type { ElementPattern, Pattern } from '../pattern.ts';
import { firstElements, named } from '../queries.ts';
import type { Schema } from '../schema.ts';
import { contentOf } from './texts.ts';
import type { ValidElements } from './validElements.ts';

/** Tells which elements of the schema an element fits entirely, without asking why it does not fit the others. */
export class Fitting {
  readonly #schema: Schema;
  readonly #valid: ValidElements | undefined;
  readonly #known = new Map<XmlElement, Map<string, readonly ElementPattern[]>>();

  /** @param valid what is known of elements that have not changed since another version of the document. */
  constructor(schema: Schema, valid?: ValidElements) {
    this.#schema = schema;
    this.#valid = valid;
  }

  /** Those of the candidates, whose names fit, that the element fits with all that is in it. */
  accepted(element: XmlElement, candidates: readonly ElementPattern[]): readonly ElementPattern[] {
    const key = candidates.map(({ id }) => id).join();
    let known = this.#known.get(element);
    if (known === undefined) this.#known.set(element, (known = new Map<string, readonly ElementPattern[]>()));
    let accepted = known.get(key) ?? this.#valid?.get(element, key);
    if (accepted === undefined) {
      accepted = candidates.filter((candidate) => this.#fits(element, candidate));
      if (accepted.length > 0) this.#valid?.add(element, key, accepted);
    }
    known.set(key, accepted);
    return accepted;
  }

  #fits(element: XmlElement, candidate: ElementPattern): boolean {
    const { derivatives } = this.#schema;
    let left = candidate.content();
    for (const attribute of judgedAttributes(element)) {
      left =
        attribute.valueRange === undefined
          ? derivatives.attributeNamed(left, attribute)
          : derivatives.attribute(left, attribute);
      if (left.kind === 'notAllowed') return false;
    }
    return this.#fitsInside(element, derivatives.endAttributes(left));
  }

  #fitsInside(element: XmlElement, content: Pattern): boolean {
    const { derivatives } = this.#schema;
    const pieces = contentOf(element);
    const [only] = pieces;
    if (only === undefined) return derivatives.takesValue(content, '');
    if (pieces.length === 1 && 'text' in only) return derivatives.takesValue(content, only.text);
    let left = content;
    for (const piece of pieces) {
      if ('text' in piece) {
        if (!isBlank(piece.text)) left = derivatives.text(left, piece.text);
      } else {
        const candidates = named(firstElements(left), piece);
        if (candidates.length === 0) return false;
        left = derivatives.element(left, this.accepted(piece, candidates));
      }
      if (left.kind === 'notAllowed') return false;
    }
    return left.nullable;
  }
}
