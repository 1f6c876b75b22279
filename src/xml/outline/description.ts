import type { XmlElement } from '../document.ts';
import { attributeValue, childNamed, textOf } from '../queries.ts';

/** What tells an element from its siblings, and what is worth knowing about it at a glance. */
export interface Description {
  /** Follows the element's name: `vda`. */
  readonly id?: string | undefined;
  readonly detail?: string | undefined;
}

/** Describes one kind of element; undefined where it has nothing special to say. */
export type Describer = (element: XmlElement) => Description | undefined;

export type Describers = Readonly<Record<string, Describer>>;

/** The value of an attribute of a child: `childValue(disk, 'target', 'dev')`. */
export function childValue(element: XmlElement, child: string, attribute: string): string | undefined {
  const found = childNamed(element, child);
  return found && filled(attributeValue(found, attribute));
}

export function childText(element: XmlElement, child: string): string | undefined {
  const found = childNamed(element, child);
  return found && lineOf(found);
}

/** The element's text on one line; undefined when it has none. */
export function lineOf(element: XmlElement): string | undefined {
  return filled(textOf(element).trim().replace(/\s+/g, ' '));
}

/** undefined for an empty value as for none. */
export function filled(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/** What is there, with `separator` between; undefined when nothing is. */
export function joined(parts: readonly (string | undefined)[], separator = ' '): string | undefined {
  return filled(parts.filter((part) => filled(part) !== undefined).join(separator));
}

export function parentName({ parent }: XmlElement): string {
  return parent?.localName ?? '';
}
