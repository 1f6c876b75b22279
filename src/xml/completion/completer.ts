import type { XmlDocument, XmlElement } from '../document.ts';
import { Fitting } from '../relaxng/examination/fitting.ts';
import { ValidElements } from '../relaxng/examination/validElements.ts';
import type { Pattern } from '../relaxng/pattern.ts';
import type { Schema } from '../relaxng/schema.ts';
import { SchemaWalk } from '../relaxng/walk.ts';
import { attributeOffers } from './attributeOffers.ts';
import { type ContentPlace, cursorPlace } from './cursorPlace.ts';
import { elementOffers } from './elementOffers.ts';
import { Expansion } from './expansion/expansion.ts';
import { Skeletons } from './expansion/skeleton.ts';
import type { ValueSource } from './knownValues.ts';
import { Misfits } from './misfits.ts';
import { type Completions, noCompletions, type Offer } from './offer.ts';
import type { Parts } from './parts.ts';
import { rootOffers } from './rootOffers.ts';
import { attributeValueOffers, textOffers } from './valueOffers.ts';
import { Values } from './values.ts';

/** Tells what can stand at a place of a document, also of a broken, cut-off or half-typed one. */
export class Completer {
  readonly #schema: Schema | undefined;
  readonly #source: ValueSource | undefined;
  readonly #valid = new ValidElements();
  #skeletons: Skeletons | undefined;
  /** What was found on the way, for the version of a document that was asked about last. */
  #last: (Parts & { readonly document: XmlDocument; readonly start: Pattern }) | undefined;

  /**
   * @param schema that of the document's root; undefined while it has none that is known
   * @param source what is known of the world around the document
   */
  constructor(schema: Schema | undefined, source?: ValueSource) {
    this.#schema = schema;
    this.#source = source;
  }

  at(document: XmlDocument, offset: number): Completions {
    const place = cursorPlace(document, offset);
    if (place.kind === 'nothing') return noCompletions(offset);
    const { range } = place;
    if (place.kind === 'end-tag') return { range, offers: [closing(place.element, 'tag')] };
    const parts = this.#partsFor(document);
    if (place.kind === 'content' && place.parent === undefined) {
      return { range, offers: rootOffers(document, place, parts) };
    }
    if (parts === undefined) return { range, offers: [] };
    switch (place.kind) {
      case 'value':
        return { range, offers: attributeValueOffers(place.attribute, place.quote, parts) };
      case 'attribute':
        return { range, offers: attributeOffers(document, place, parts) };
      case 'content':
        return { range, offers: contentOffers(document, place, parts) };
    }
  }

  #partsFor(document: XmlDocument): Parts | undefined {
    const schema = this.#schema;
    if (schema === undefined) return undefined;
    const { start } = schema;
    const isTrimmed = this.#last?.start !== start;
    if (this.#skeletons === undefined || isTrimmed) this.#skeletons = new Skeletons(schema);
    if (this.#last?.document !== document || isTrimmed) {
      this.#valid.begin(document);
      const fitting = new Fitting(schema, this.#valid);
      const values = new Values(schema, document, this.#source);
      this.#last = {
        document,
        start,
        schema,
        values,
        walk: new SchemaWalk(schema, fitting),
        misfits: new Misfits(schema, fitting),
        expansion: new Expansion(this.#skeletons, values),
      };
    }
    return this.#last;
  }
}

function contentOffers(document: XmlDocument, place: ContentPlace, parts: Parts): readonly Offer[] {
  const { parent, form } = place;
  if (parent === undefined) return [];
  const holdsElements = parent.children.some((child) => child.kind === 'element');
  const texts = form === 'word' && !holdsElements ? textOffers(parent, parts) : [];
  const endTag = parent.endTagRange === undefined && form !== 'name' ? [closing(parent, form)] : [];
  return [...texts, ...elementOffers(document, place, parent, parts), ...endTag];
}

function closing({ name }: XmlElement, form: 'tag' | 'word'): Offer {
  return {
    kind: 'end-tag',
    label: `/${name}`,
    filterText: form === 'tag' ? `</${name}` : `/${name}`,
    snippet: `</${name}>`,
    isRequired: false,
  };
}
