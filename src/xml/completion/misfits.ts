import type { XmlElement } from '../document.ts';
import { childElements, textOf } from '../queries.ts';
import type { Fitting } from '../relaxng/examination/fitting.ts';
import type { Pattern } from '../relaxng/pattern.ts';
import { firstElements, named, takesText } from '../relaxng/queries.ts';
import type { Schema } from '../relaxng/schema.ts';

/** Longer elements are not looked through: the answer would come too late, and what is far away matters less. */
const longestElement = 6000;

/** Counts what of an element's content does not fit a pattern, to compare patterns. */
export class Misfits {
  readonly #schema: Schema;
  readonly #fitting: Fitting;

  constructor(schema: Schema, fitting: Fitting) {
    this.#schema = schema;
    this.#fitting = fitting;
  }

  /** @param pattern attributes that may still come, and content */
  of(element: XmlElement, pattern: Pattern): number {
    const { derivatives } = this.#schema;
    const { start, end } = element.range;
    const closed = derivatives.endAttributes(pattern);
    const lacksAttributes = closed.kind === 'notAllowed';
    const content = lacksAttributes ? derivatives.dropAttributes(pattern) : closed;
    const misfits = lacksAttributes && !element.damaged ? 1 : 0;
    return end - start > longestElement ? misfits : misfits + this.#inside(element, content);
  }

  #inside(element: XmlElement, content: Pattern): number {
    const { derivatives } = this.#schema;
    const children = childElements(element);
    const text = textOf(element);
    if (children.length === 0 && !element.damaged) return derivatives.takesValue(content, text) ? 0 : 1;
    let misfits = text.trim() === '' || takesText(content) ? 0 : 1;
    let left = content;
    for (const child of children) {
      const fitting = this.#fitting.accepted(child, named(firstElements(left), child));
      if (fitting.length === 0) misfits++;
      else left = derivatives.element(left, fitting);
    }
    return element.damaged || left.nullable ? misfits : misfits + 1;
  }
}
