import type { XmlElement } from '../../document.ts';
import { childElements } from '../../queries.ts';
import { judgedAttributes, takeAttributes } from '../attributes.ts';
import type { Frame } from '../examination/finding.ts';
import type { ElementPattern, Pattern } from '../pattern.ts';
import { elementsIn, localNames, named, namedExactly } from '../queries.ts';
import type { Schema } from '../schema.ts';
import { pathTo } from '../schemaIndex.ts';

/** Siblings that are looked at as the place where an element belongs. */
const maxSiblings = 200;

/**
 * Where an element belongs that stands in the wrong place, as names from the root: the nearest place where all its
 * attributes fit, else a place near by of its name.
 */
export function placeFor(schema: Schema, frame: Frame, child: XmlElement): readonly string[] | undefined {
  const fits = (candidate: ElementPattern): boolean =>
    takeAttributes(schema.derivatives, candidate.content(), judgedAttributes(child)).refused.length === 0;
  return near(frame, child, fits) ?? anywhere(schema, child, fits) ?? near(frame, child, () => true);
}

function near(
  frame: Frame,
  child: XmlElement,
  fits: (candidate: ElementPattern) => boolean,
): readonly string[] | undefined {
  const takes = (content: Pattern): boolean => namedExactly(elementsIn(content), child).some(fits);
  const path = pathOf(frame);
  const beside = childElements(frame.element)
    .slice(0, maxSiblings)
    .find(
      (sibling) =>
        sibling !== child &&
        named(elementsIn(frame.body), sibling).some((pattern) => takes(pattern.content())),
    );
  if (beside !== undefined) return [...path, beside.localName];
  for (let outer = frame.parent; outer !== undefined; outer = outer.parent) {
    if (takes(outer.content)) return pathOf(outer);
  }
  for (let around: Frame | undefined = frame; around !== undefined; around = around.parent) {
    const inside = elementsIn(around.content).find((pattern) => takes(pattern.content()));
    const [name] = inside === undefined ? [] : localNames([inside]);
    if (name !== undefined) return [...pathOf(around), name];
  }
  return undefined;
}

function anywhere(
  schema: Schema,
  child: XmlElement,
  fits: (candidate: ElementPattern) => boolean,
): readonly string[] | undefined {
  const place = schema.index.find(child.localName).find(({ pattern }) => fits(pattern));
  return place?.parent && pathTo(place.parent);
}

/** The names of the elements from the root to that of the frame. */
export function pathOf(frame: Frame): readonly string[] {
  return [...(frame.parent === undefined ? [] : pathOf(frame.parent)), frame.element.localName];
}
