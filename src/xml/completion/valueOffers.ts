import type { XmlElement } from '../document.ts';
import type { Pattern } from '../relaxng/pattern.ts';
import { attributesIn, named } from '../relaxng/queries.ts';
import { escapeSnippet, escapeXml } from '../writer.ts';
import type { AttributeValuePlace } from './cursorPlace.ts';
import { viewOf } from './elementView.ts';
import type { Offer } from './offer.ts';
import type { Parts } from './parts.ts';
import type { PossibleValue } from './values.ts';

/**
 * The values of an attribute that go with the other attributes, and with what the element holds. In place of a value
 * that is there already, all others too: one may mean to change the rest after it.
 */
export function attributeValueOffers(
  { attribute, quote, missing }: AttributeValuePlace,
  { schema, walk, values, misfits }: Parts,
): readonly Offer[] {
  const { owner, namespace, localName } = attribute;
  const left = walk.afterAttributes(owner, attribute);
  const inContext = named(attributesIn(left), attribute);
  const patterns = inContext.length > 0 ? inContext : named(attributesIn(walk.content(owner)), attribute);
  const pattern = schema.patterns.choice(patterns.map(({ value }) => value));
  const judged = values.at(viewOf(owner), localName, pattern).map((possible) => {
    const then = schema.derivatives.attribute(left, { namespace, localName, value: possible.value });
    const count = then.kind === 'notAllowed' ? Infinity : misfits.of(owner, then);
    return { possible, count };
  });
  const least = Math.min(...judged.map(({ count }) => count));
  const fitting = judged.filter(({ count }) => count === least);
  const others = attribute.value === '' ? [] : judged.filter(({ count }) => count !== least);
  return [...fitting, ...others].map(({ possible }) =>
    valueOffer(possible, escapeXml(possible.value, quote), missing),
  );
}

/** The texts that the element may hold. */
export function textOffers(element: XmlElement, { walk, values }: Parts): readonly Offer[] {
  const content: Pattern = walk.contentBefore(element, undefined);
  return values
    .at(viewOf(element), undefined, content)
    .map((possible) => valueOffer(possible, escapeXml(possible.value)));
}

function valueOffer(
  { value, detail }: PossibleValue,
  written: string,
  missing = { opening: '', closing: '' },
): Offer {
  return {
    kind: 'value',
    label: value,
    filterText: written,
    snippet: missing.opening + escapeSnippet(written) + missing.closing,
    isRequired: false,
    detail,
  };
}
