import type { XmlAttribute, XmlElement } from '../document.ts';
import type { Derivatives } from './derivatives.ts';
import type { Pattern } from './pattern.ts';

/** What a pattern makes of the attributes of an element. */
export interface TakenAttributes {
  /** What is left when those that fit are taken. */
  readonly left: Pattern;
  /** Those that do not fit beside the others, in the order of the document. */
  readonly refused: readonly XmlAttribute[];
}

/** The attributes that a schema speaks of: declarations of namespaces and what the scanner could not make sense of are not. */
export function judgedAttributes(element: XmlElement): readonly XmlAttribute[] {
  const { attributes } = element;
  return attributes.filter(
    (attribute, at) =>
      attribute.name !== 'xmlns' &&
      attribute.prefix !== 'xmlns' &&
      !(attribute.prefix !== '' && attribute.namespace === '') &&
      attributes.findIndex(({ name }) => name === attribute.name) === at,
  );
}

/** Takes as many of the attributes as go together. */
export function takeAttributes(
  derivatives: Derivatives,
  pattern: Pattern,
  attributes: readonly XmlAttribute[],
): TakenAttributes {
  let best = takeInOrder(derivatives, pattern, attributes);
  if (best.refused.length === 0) return best;
  for (const first of attributes.slice(1)) {
    const others = attributes.filter((attribute) => attribute !== first);
    const taken = takeInOrder(derivatives, pattern, [first, ...others]);
    if (taken.refused.length < best.refused.length) best = taken;
  }
  return { left: best.left, refused: attributes.filter((attribute) => best.refused.includes(attribute)) };
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
