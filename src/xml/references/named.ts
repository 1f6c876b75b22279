import type { XmlDocument, XmlElement } from '../document.ts';
import { attributeNamed, childrenNamed, textOf, textRangeOf } from '../queries.ts';
import type { ObjectName, ObjectReference } from './objectReference.ts';

/** The object that the value of the attribute names, when there is one. */
export function byAttribute(
  element: XmlElement,
  name: string,
  objectOf: (value: string) => ObjectName,
): readonly ObjectReference[] {
  const attribute = attributeNamed(element, name);
  if (attribute?.valueRange === undefined || attribute.value === '') return [];
  return [{ object: objectOf(attribute.value), range: attribute.valueRange }];
}

/** The objects that the texts of the children of that name name. */
export function byText(
  element: XmlElement,
  childName: string,
  document: XmlDocument,
  objectOf: (text: string) => ObjectName,
): readonly ObjectReference[] {
  return childrenNamed(element, childName).flatMap((child) => {
    const range = textRangeOf(document, child);
    return range === undefined ? [] : [{ object: objectOf(textOf(child).trim()), range }];
  });
}
