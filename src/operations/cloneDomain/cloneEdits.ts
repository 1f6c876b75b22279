import { posix } from 'node:path';
import { addAttributes, replaceValue } from '../../xml/attributeEdits.ts';
import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import type { TextEdit } from '../../xml/edits.ts';
import { attributeNamed } from '../../xml/queries.ts';
import { escapeXml } from '../../xml/writer.ts';

/** Replaces all that is in the element. */
export function setText({ text: source }: XmlDocument, element: XmlElement, text: string): TextEdit {
  const { startTagRange, endTagRange, name } = element;
  if (endTagRange)
    return { range: { start: startTagRange.end, end: endTagRange.start }, newText: escapeXml(text) };
  const start = source.slice(0, startTagRange.end - '/>'.length).trimEnd().length;
  const newText = text === '' ? '/>' : `>${escapeXml(text)}</${name}>`;
  return { range: { start, end: startTagRange.end }, newText };
}

/** Gives an attribute this value, and adds it where it is missing. */
export function setAttribute(
  document: XmlDocument,
  element: XmlElement,
  name: string,
  value: string,
): readonly TextEdit[] {
  const attribute = attributeNamed(element, name);
  return [
    attribute
      ? replaceValue(document, attribute, value)
      : addAttributes(document, element, { [name]: value }),
  ];
}

/** Takes an attribute away, with the space before it. */
export function unsetAttribute(element: XmlElement, name: string): readonly TextEdit[] {
  const attribute = attributeNamed(element, name);
  if (!attribute) return [];
  const { attributes, nameRange } = element;
  const before = attributes[attributes.indexOf(attribute) - 1]?.range.end ?? nameRange.end;
  return [{ range: { start: before, end: attribute.range.end }, newText: '' }];
}

/** The path with the old name replaced in it, or else with the new one added to the name of the file. */
export function renamedPath(path: string, before: string, after: string): string {
  const renamed = replaceName(posix.basename(path), before, after);
  if (renamed !== undefined) return posix.join(posix.dirname(path), renamed);
  const { dir, name, ext } = posix.parse(path);
  return posix.join(dir, `${name}-${after}${ext}`);
}

/** The text with the old name, where it stands as a word of its own, replaced; undefined where it does not. */
export function replaceName(text: string, before: string, after: string): string | undefined {
  if (before === '') return undefined;
  const isWordAt = (at: number): boolean =>
    !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && !/[\p{L}\p{N}]/u.test(text[at + before.length] ?? '');
  for (let at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + 1)) {
    if (isWordAt(at)) return text.slice(0, at) + after + text.slice(at + before.length);
  }
  return undefined;
}
