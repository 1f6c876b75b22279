import type { XmlAttribute, XmlElement } from '../document.ts';
import { namesOf } from '../relaxng/nameClass.ts';
import type { AttributePattern, Pattern } from '../relaxng/pattern.ts';
import { attributesIn, requiredAttributes } from '../relaxng/queries.ts';
import { viewOf } from './elementView.ts';
import { sampleOf } from './expansion/samples.ts';
import type { Parts } from './parts.ts';

export interface FittingAttribute {
  readonly name: string;
  /** The values with which all else fits no worse than without. */
  readonly value: Pattern;
  readonly isRequired: boolean;
}

/**
 * The attributes that the element may have beside those it has, the required ones first.
 * @param typed one that does not count, because it is being written
 */
export function fittingAttributes(
  element: XmlElement,
  typed: XmlAttribute | undefined,
  { schema, walk, misfits, values }: Parts,
): readonly FittingAttribute[] {
  const left = walk.afterAttributes(element, typed);
  const required = new Set(requiredAttributes(left));
  const view = viewOf(element);
  const now = misfits.of(element, left);
  const fits = (localName: string, { value: pattern }: AttributePattern): boolean => {
    const name = { namespace: '', localName };
    const value = values.at(view, localName, pattern)[0]?.value ?? sampleOf(pattern);
    const then =
      value === undefined
        ? schema.derivatives.attributeNamed(left, name)
        : schema.derivatives.attribute(left, { ...name, value });
    return then.kind !== 'notAllowed' && misfits.of(element, then) <= now;
  };
  return [...patternsByName(element, typed, left)]
    .flatMap(([name, patterns]) => {
      const fitting = patterns.filter((pattern) => fits(name, pattern));
      if (fitting.length === 0) return [];
      const value = schema.patterns.choice(fitting.map((pattern) => pattern.value));
      return [{ name, value, isRequired: required.has(name) }];
    })
    .sort((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

function patternsByName(
  element: XmlElement,
  typed: XmlAttribute | undefined,
  left: Pattern,
): ReadonlyMap<string, readonly AttributePattern[]> {
  const present = new Set(
    element.attributes.filter((attribute) => attribute !== typed).map(({ name }) => name),
  );
  const byName = new Map<string, AttributePattern[]>();
  for (const pattern of attributesIn(left)) {
    for (const { namespace, localName } of namesOf(pattern.name)) {
      if (namespace !== '' || present.has(localName)) continue;
      const known = byName.get(localName);
      if (known === undefined) byName.set(localName, [pattern]);
      else known.push(pattern);
    }
  }
  return byName;
}
