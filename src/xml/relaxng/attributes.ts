import type { XmlAttribute, XmlElement } from '../document.ts';
import type { Derivatives } from './derivatives.ts';
import { isOpen } from './nameClass.ts';
import type { Named } from './nameClass.ts';
import type { AttributePattern, Pattern } from './pattern.ts';
import { attributesIn, datatypesIn, localNames, named, valuesIn } from './queries.ts';

/** What a pattern makes of the attributes of an element. */
export interface TakenAttributes {
  /** What is left when those that fit are taken. */
  readonly left: Pattern;
  /** Those that do not fit beside the others, in the order of the document. */
  readonly refused: readonly XmlAttribute[];
}

/** The attributes that a schema speaks of: declarations of namespaces and what the scanner could not make sense of are not. */
export function judgedAttributes(element: XmlElement): readonly XmlAttribute[] {
  return element.attributes.filter(
    ({ name, prefix, namespace }) =>
      name !== 'xmlns' && prefix !== 'xmlns' && !(prefix !== '' && namespace === ''),
  );
}

/** Attributes that are tried in front of the others. */
const maxTried = 40;

/**
 * Takes as many of the attributes as go together. One that tells which kind of thing the element is, by one of a few
 * fixed values, is not given up for others.
 */
export function takeAttributes(
  derivatives: Derivatives,
  pattern: Pattern,
  attributes: readonly XmlAttribute[],
): TakenAttributes {
  const possible = attributesIn(pattern);
  const takesName = nameTest(possible);
  const known = attributes.filter(takesName);
  const isKind = (attribute: XmlAttribute): boolean => named(possible, attribute).every(isFixed);
  let best = takeInOrder(derivatives, pattern, [
    ...known.filter(isKind),
    ...known.filter((attribute) => !isKind(attribute)),
  ]);
  const { refused } = best;
  if (refused.length > 0) {
    for (const first of known.slice(0, maxTried)) {
      const others = known.filter((attribute) => attribute !== first);
      const taken = takeInOrder(derivatives, pattern, [first, ...others]);
      const keepsKinds = taken.refused.every((given) => refused.includes(given) || !isKind(given));
      if (keepsKinds && taken.refused.length < best.refused.length) best = taken;
    }
  }
  const taken = best;
  return {
    left: taken.left,
    refused: attributes.filter((attribute) => !takesName(attribute) || taken.refused.includes(attribute)),
  };
}

function isFixed({ value }: AttributePattern): boolean {
  return valuesIn(value).length > 0 && datatypesIn(value).length === 0;
}

/** Whether one of the patterns takes the name; quick for names that are spelt out. */
function nameTest(possible: readonly AttributePattern[]): (name: Named) => boolean {
  const spelt = new Set(localNames(possible));
  const open = possible.filter(({ name }) => isOpen(name));
  return (name) => {
    const patterns = name.namespace !== '' || spelt.has(name.localName) ? possible : open;
    return named(patterns, name).length > 0;
  };
}

function takeInOrder(
  derivatives: Derivatives,
  pattern: Pattern,
  attributes: readonly XmlAttribute[],
): TakenAttributes {
  let left = pattern;
  const refused: XmlAttribute[] = [];
  for (const attribute of attributes) {
    const after =
      attribute.valueRange === undefined
        ? derivatives.attributeNamed(left, attribute)
        : derivatives.attribute(left, attribute);
    if (after.kind === 'notAllowed') refused.push(attribute);
    else left = after;
  }
  return { left, refused };
}
