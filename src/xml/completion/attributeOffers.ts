import type { XmlDocument } from '../document.ts';
import { layoutOf } from '../edits.ts';
import { namesOf } from '../relaxng/nameClass.ts';
import type { AttributePattern } from '../relaxng/pattern.ts';
import { attributesIn, requiredAttributes } from '../relaxng/queries.ts';
import type { AttributePlace } from './cursorPlace.ts';
import { viewOf } from './elementView.ts';
import { sampleOf } from './expansion/samples.ts';
import type { Offer } from './offer.ts';
import type { Parts } from './parts.ts';

/** The attributes that the element may have beside those it has, the required ones first. */
export function attributeOffers(
  document: XmlDocument,
  { element, typed, range, isNameOnly }: AttributePlace,
  { schema, walk, expansion, misfits, values }: Parts,
): readonly Offer[] {
  const left = walk.afterAttributes(element, typed);
  const required = new Set(requiredAttributes(left));
  const present = new Set(
    element.attributes.filter((attribute) => attribute !== typed).map(({ name }) => name),
  );
  const layout = layoutOf(document, element, undefined);
  const view = viewOf(element);
  const now = misfits.of(element, left);
  const spaceBefore = /\s/.test(document.text[range.start - 1] ?? ' ') ? '' : ' ';
  const spaceAfter = /[\w:'"]/.test(document.text[range.end] ?? ' ') ? ' ' : '';
  const byName = new Map<string, AttributePattern[]>();
  for (const pattern of attributesIn(left)) {
    for (const { namespace, localName } of namesOf(pattern.name)) {
      if (namespace !== '' || present.has(localName)) continue;
      const known = byName.get(localName);
      if (known === undefined) byName.set(localName, [pattern]);
      else known.push(pattern);
    }
  }
  const offers = [...byName].flatMap(([localName, patterns]): Offer[] => {
    const name = { namespace: '', localName };
    const fitting = patterns.filter((pattern) => {
      const value = values.at(view, localName, pattern.value)[0]?.value ?? sampleOf(pattern.value);
      const then =
        value === undefined
          ? schema.derivatives.attributeNamed(left, name)
          : schema.derivatives.attribute(left, { ...name, value });
      return then.kind !== 'notAllowed' && misfits.of(element, then) <= now;
    });
    if (fitting.length === 0) return [];
    const value = schema.patterns.choice(fitting.map((pattern) => pattern.value));
    const snippet = isNameOnly
      ? localName
      : spaceBefore + expansion.attribute(value, localName, view, layout) + spaceAfter;
    return [
      {
        kind: 'attribute',
        label: localName,
        filterText: localName,
        snippet,
        isRequired: required.has(localName),
      },
    ];
  });
  return offers.sort((a, b) => Number(b.isRequired) - Number(a.isRequired));
}
