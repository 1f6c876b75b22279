import type { XmlAttribute, XmlElement } from '../document.ts';
import type { ElementPattern, Pattern } from './pattern.ts';
import type { Schema } from './schema.ts';

/**
 * What the schema says at a place of a document that may be unfinished: for completion and quick fixes. Faulty parts are
 * stepped over as if they were right. Made anew for each version of a document; what it finds it remembers.
 * Questions about patterns are in queries.ts: `firstElements(walk.contentBefore(parent, child))` may come there.
 */
export declare class SchemaWalk {
  constructor(schema: Schema);

  /**
   * The elements of the schema that this element can be, by its name and by what is around it; empty when the schema
   * does not know it there. What it holds itself does not count.
   */
  candidates(element: XmlElement): readonly ElementPattern[];

  /** Attributes and content that the element may have, nothing of it taken yet. */
  content(element: XmlElement): Pattern;

  /**
   * What is left when the element's attributes are taken, those without `except`: further attributes that may come, and
   * the content. With `except` it tells what values that attribute may have beside the others.
   */
  afterAttributes(element: XmlElement, except?: XmlAttribute): Pattern;

  /** What may come in the element before `child`, all attributes and the children before that one being taken. */
  contentBefore(parent: XmlElement, child: XmlElement | undefined): Pattern;

  /** What is left of the content after a child: notAllowed when no element of that name may come. */
  step(content: Pattern, child: XmlElement): Pattern;
}
