import type { XmlElement } from '../document.ts';
import { childElements, textOf } from '../queries.ts';
import type { ElementPattern, Pattern } from '../relaxng/pattern.ts';
import { firstElements, named, takesText } from '../relaxng/queries.ts';
import type { Schema } from '../relaxng/schema.ts';

/** Longer elements are not looked through: the answer would come too late, and what is far away matters less. */
const longestElement = 6000;

/** Counts what of an element's content does not fit a pattern, to compare patterns. */
export class Misfits {
  readonly #schema: Schema;
  readonly #accepted = new Map<XmlElement, Map<ElementPattern, boolean>>();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** @param pattern attributes that may still come, and content */
  of(element: XmlElement, pattern: Pattern): number {
    const { derivatives } = this.#schema;
    let content = derivatives.endAttributes(pattern);
    const lacksAttributes = content.kind === 'notAllowed';
    if (lacksAttributes) content = derivatives.dropAttributes(pattern);
    let misfits = lacksAttributes ? 1 : 0;
    const { start, end } = element.range;
    if (end - start > longestElement) return misfits;
    const children = childElements(element);
    if (children.length === 0) return misfits + (derivatives.takesValue(content, textOf(element)) ? 0 : 1);
    if (textOf(element).trim() !== '' && !takesText(content)) misfits++;
    for (const child of children) {
      const fitting = this.#fitting(content, child);
      if (fitting.length === 0) misfits++;
      else content = derivatives.element(content, fitting);
    }
    return element.damaged || content.nullable ? misfits : misfits + 1;
  }

  #fitting(content: Pattern, child: XmlElement): readonly ElementPattern[] {
    return named(firstElements(content), child).filter((pattern) => this.#accepts(pattern, child));
  }

  #accepts(pattern: ElementPattern, element: XmlElement): boolean {
    let known = this.#accepted.get(element);
    if (known === undefined) this.#accepted.set(element, (known = new Map<ElementPattern, boolean>()));
    let accepted = known.get(pattern);
    if (accepted === undefined) known.set(pattern, (accepted = this.#judge(pattern, element)));
    return accepted;
  }

  #judge(pattern: ElementPattern, element: XmlElement): boolean {
    const { derivatives } = this.#schema;
    let left = pattern.content();
    for (const attribute of element.attributes) {
      if (attribute.name !== 'xmlns' && attribute.prefix !== 'xmlns')
        left = derivatives.attribute(left, attribute);
    }
    left = derivatives.endAttributes(left);
    const children = childElements(element);
    if (children.length === 0) return derivatives.takesValue(left, textOf(element));
    if (textOf(element).trim() !== '' && !takesText(left)) return false;
    for (const child of children) {
      const fitting = this.#fitting(left, child);
      if (fitting.length === 0) return false;
      left = derivatives.element(left, fitting);
    }
    return left.nullable;
  }
}
