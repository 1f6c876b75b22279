import type { XmlElement } from '../document.ts';
import { attributeValue, childrenNamed, textOf } from '../queries.ts';
import type { ElementView } from './knownValues.ts';

/** An element of a document as sources of values see it. */
export function viewOf(element: XmlElement): ElementView {
  return {
    name: element.localName,
    get parent() {
      return element.parent && viewOf(element.parent);
    },
    attribute: (name) => attributeValue(element, name),
    text: () => textOf(element).trim(),
    children: (name) => childrenNamed(element, name).map(viewOf),
  };
}

/** An element that is about to be inserted; it gets its attributes and children one after the other. */
export class NewElementView implements ElementView {
  readonly attributes = new Map<string, string>();
  readonly name: string;
  readonly parent: ElementView | undefined;
  readonly #children: NewElementView[] = [];

  constructor(name: string, parent: ElementView | undefined) {
    this.name = name;
    this.parent = parent;
    if (parent instanceof NewElementView) parent.#children.push(this);
  }

  attribute(name: string): string | undefined {
    return this.attributes.get(name);
  }

  text(): string {
    return '';
  }

  children(name: string): readonly ElementView[] {
    return this.#children.filter((child) => child.name === name);
  }
}
