import type { TextRange, XmlDocument, XmlElement } from '../document.ts';
import { attributeNamed, attributeValue, childNamed, elementsOf, textOf, textRangeOf } from '../queries.ts';

/** Where a refusal belongs. */
export interface ServerFaultPlace {
  readonly range: TextRange;
  /** `token`: the very name or value; `element`: the element it must be in; `document`: not told, so the root's name. */
  readonly precision: 'token' | 'element' | 'document';
}

export type MaybePlace = ServerFaultPlace | undefined;

export function atToken(range: TextRange | undefined): MaybePlace {
  return range === undefined ? undefined : { range, precision: 'token' };
}

export function atElement(element: XmlElement | undefined): MaybePlace {
  return element === undefined ? undefined : { range: element.nameRange, precision: 'element' };
}

/** libxml2 speaks of elements without their prefix. */
export function elementsNamed(document: XmlDocument, name: string): XmlElement[] {
  return [...elementsOf(document)].filter((element) => element.name === name || element.localName === name);
}

/** The value of an attribute: of the first element of that name which has it, with that value if one is given. */
export function atAttribute(
  document: XmlDocument,
  elementName: string,
  attributeName: string,
  value?: string,
): MaybePlace {
  for (const element of elementsNamed(document, elementName)) {
    const attribute = attributeNamed(element, attributeName);
    if (attribute !== undefined && (value === undefined || attribute.value === value)) {
      return atToken(attribute.valueRange ?? attribute.nameRange);
    }
  }
  return undefined;
}

/** The first element of that name that has none of the attributes. */
export function atElementLacking(
  document: XmlDocument,
  elementName: string,
  ...attributes: readonly string[]
): MaybePlace {
  return atElement(
    elementsNamed(document, elementName).find((element) =>
      attributes.every((attribute) => attributeValue(element, attribute) === undefined),
    ),
  );
}

/** The text of the first element of that name that has any, or of the one that has this text. */
export function atText(document: XmlDocument, elementName: string, text?: string): MaybePlace {
  for (const element of elementsNamed(document, elementName)) {
    const range = textRangeOf(document, element);
    if (range !== undefined && (text === undefined || textOf(element).trim() === text)) return atToken(range);
  }
  return undefined;
}

/** The child of the root: its text, or the element itself when it is empty. */
export function atRootChild(document: XmlDocument, name: string): MaybePlace {
  const child = document.root === undefined ? undefined : childNamed(document.root, name);
  if (child === undefined) return undefined;
  return atToken(textRangeOf(document, child)) ?? atElement(child);
}

export function atRoot(document: XmlDocument): ServerFaultPlace {
  const range = document.root?.nameRange ?? { start: 0, end: document.text.length };
  return { range, precision: 'document' };
}
