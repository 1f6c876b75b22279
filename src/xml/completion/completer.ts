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
    const parts = this.#parts?.for(document);
    switch (place.kind) {
      case 'end-tag':
        return { range, element: place.element, offers: [closing(place.element, 'tag')] };
      case 'value': {
        const { owner, localName } = place.attribute;
        const offers = parts ? attributeValueOffers(place, parts) : [];
        return { range, element: owner, attribute: localName, offers };
      }
      case 'attribute':
        return {
          range,
          element: place.element,
          offers: parts ? attributeOffers(document, place, parts) : [],
        };
      case 'content': {
        const { parent } = place;
        const offers =
          parent === undefined
            ? rootOffers(document, place, parts)
            : parts
              ? contentOffers(document, place, parent, parts)
              : [];
        return { range, element: parent, offers };
      }
    }
  }
}

function contentOffers(
  document: XmlDocument,
  place: ContentPlace,
  parent: XmlElement,
  parts: Parts,
): readonly Offer[] {
  const { form } = place;
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
