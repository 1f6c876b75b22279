import type { XmlDocument } from '../document.ts';
import { layoutOf } from '../edits.ts';
import type { AttributePlace } from './cursorPlace.ts';
import { viewOf } from './elementView.ts';
import { fittingAttributes } from './fittingAttributes.ts';
import type { Offer } from './offer.ts';
import type { Parts } from './parts.ts';

/** The attributes that the element may have beside those it has, the required ones first. */
export function attributeOffers(
  document: XmlDocument,
  { element, typed, range, isNameOnly }: AttributePlace,
  parts: Parts,
): readonly Offer[] {
  const layout = layoutOf(document, element, undefined);
  const view = viewOf(element);
  const spaceBefore = /\s/.test(document.text[range.start - 1] ?? ' ') ? '' : ' ';
  const spaceAfter = /[\w:'"]/.test(document.text[range.end] ?? ' ') ? ' ' : '';
  return fittingAttributes(element, typed, parts).map((attribute): Offer => {
    const { name, isRequired } = attribute;
    const snippet = isNameOnly
      ? name
      : spaceBefore + parts.expansion.attributes([attribute], view, layout) + spaceAfter;
    return { kind: 'attribute', label: name, filterText: name, snippet, isRequired };
  });
}
