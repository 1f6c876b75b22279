import { t } from '../../base/l10n.ts';
import { addAttributes, replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import type { TextEdit } from '../../xml/edits.ts';
import type { Fix } from '../../xml/fix.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { possibleFix } from '../finding.ts';

/** Gives the element the attribute with that value, whether it has one or not. */
export function setAttribute(
  document: XmlDocument,
  element: XmlElement,
  name: string,
  value: string,
): TextEdit {
  const attribute = attributeNamed(element, name);
  return attribute === undefined
    ? addAttributes(document, element, { [name]: value })
    : replaceValue(document, attribute, value);
}

/** A fix that does only that. */
export function setAttributeFix(
  document: XmlDocument,
  element: XmlElement,
  name: string,
  value: string,
): Fix {
  return possibleFix(t('Write {0}="{1}"', name, value), [setAttribute(document, element, name, value)]);
}
