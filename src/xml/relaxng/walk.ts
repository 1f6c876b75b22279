import type { XmlAttribute, XmlElement } from '../document.ts';
import { childElements } from '../queries.ts';
import { judgedAttributes, takeAttributes } from './attributes.ts';
import { Fitting } from './examination/fitting.ts';
import type { ElementPattern, Pattern } from './pattern.ts';
import { elementsIn, firstElements, named } from './queries.ts';
import type { Schema } from './schema.ts';

/**
 * What the schema says at a place of a document that may be unfinished: for completion and quick fixes. Faulty parts are
 * stepped over as if they were right. Made anew for each version of a document; what it finds it remembers.
 * Questions about patterns are in queries.ts: `firstElements(walk.contentBefore(parent, child))` may come there.
 */
export class SchemaWalk {
  readonly #schema: Schema;
  readonly #fitting: Fitting;
  readonly #candidates = new Map<XmlElement, readonly ElementPattern[]>();

  /** @param fitting one that knows more than this document, so that less of it is judged anew */
  constructor(schema: Schema, fitting = new Fitting(schema)) {
    this.#schema = schema;
    this.#fitting = fitting;
  }

  /**
   * The elements of the schema that this element can be, by its name and by what is around it; empty when the schema
   * does not know it there. What it holds itself does not count.
   */
  candidates(element: XmlElement): readonly ElementPattern[] {
    const known = this.#candidates.get(element);
    if (known !== undefined) return known;
    const found = this.#findCandidates(element);
    this.#candidates.set(element, found);
    return found;
  }

  /** Attributes and content that the element may have, nothing of it taken yet. */
  content(element: XmlElement): Pattern {
    return this.#schema.patterns.choice(this.candidates(element).map((candidate) => candidate.content()));
  }

  /**
   * What is left when the element's attributes are taken, those without `except`: further attributes that may come, and
   * the content. With `except` it tells what values that attribute may have beside the others.
   */
  afterAttributes(element: XmlElement, except?: XmlAttribute): Pattern {
    const attributes = judgedAttributes(element).filter((attribute) => attribute !== except);
    return takeAttributes(this.#schema.derivatives, this.content(element), attributes).left;
  }

  /** What may come in the element before `child`, all attributes and the children before that one being taken. */
  contentBefore(parent: XmlElement, child: XmlElement | undefined): Pattern {
    const { derivatives } = this.#schema;
    const left = this.afterAttributes(parent);
    const closed = derivatives.endAttributes(left);
    let content = closed.kind === 'notAllowed' ? derivatives.dropAttributes(left) : closed;
    for (const sibling of childElements(parent)) {
      if (sibling === child) break;
      const after = this.step(content, sibling);
      if (after.kind !== 'notAllowed') content = after;
    }
    return content;
  }

  /** What is left of the content after a child: notAllowed when no element of that name may come. */
  step(content: Pattern, child: XmlElement): Pattern {
    const candidates = named(firstElements(content), child);
    if (candidates.length === 0) return this.#schema.patterns.notAllowed;
    const accepted = candidates.length > 1 ? this.#fitting.accepted(child, candidates) : candidates;
    return this.#schema.derivatives.element(content, accepted.length > 0 ? accepted : candidates);
  }

  #findCandidates(element: XmlElement): readonly ElementPattern[] {
    const { parent } = element;
    if (parent === undefined) return named(this.#schema.roots, element);
    const before = this.contentBefore(parent, element);
    const next = named(firstElements(before), element);
    if (next.length > 0) return next;
    return named(elementsIn(this.#schema.derivatives.dropAttributes(this.afterAttributes(parent))), element);
  }
}
