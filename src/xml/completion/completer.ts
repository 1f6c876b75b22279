import type { XmlDocument, XmlElement } from '../document.ts';
import type { Schema } from '../relaxng/schema.ts';
import { attributeOffers } from './attributeOffers.ts';
import { type ContentPlace, cursorPlace } from './cursorPlace.ts';
import { elementOffers } from './elementOffers.ts';
import type { ValueSource } from './knownValues.ts';
import { type Completions, noCompletions, type Offer } from './offer.ts';
import type { Parts } from './parts.ts';
import { PartsSource } from './partsSource.ts';
import { rootOffers } from './rootOffers.ts';
import { attributeValueOffers, textOffers } from './valueOffers.ts';

/** Tells what can stand at a place of a document, also of a broken, cut-off or half-typed one. */
export class Completer {
  readonly #parts: PartsSource | undefined;

  /**
   * @param schema that of the document's root; undefined while it has none that is known
   * @param source what is known of the world around the document
   */
  constructor(schema: Schema | undefined, source?: ValueSource) {
    this.#parts = schema && new PartsSource(schema, source);
  }

  at(document: XmlDocument, offset: number): Completions {
    const place = cursorPlace(document, offset);
    if (place.kind === 'nothing') return noCompletions(offset);
    const { range } = place;
    if (place.kind === 'end-tag') return { range, offers: [closing(place.element, 'tag')] };
    const parts = this.#parts?.for(document);
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
