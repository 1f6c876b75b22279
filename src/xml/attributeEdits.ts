import type { XmlAttribute, XmlDocument, XmlElement } from './document.ts';
import { quoteAt, type TextEdit } from './edits.ts';
import { escapeXml } from './writer.ts';

/** Gives an attribute another value, in the quotes that it has. */
export function replaceValue({ text }: XmlDocument, attribute: XmlAttribute, value: string): TextEdit {
  const { nameRange, valueRange, range } = attribute;
  if (valueRange === undefined) {
    return { range: { start: nameRange.end, end: range.end }, newText: `='${escapeXml(value, "'")}'` };
  }
  return { range: valueRange, newText: escapeXml(value, text[valueRange.start - 1] === '"' ? '"' : "'") };
}

/** Adds attributes behind the last one, quoted as those around are, on lines of their own where those are. */
export function addAttributes(
  document: XmlDocument,
  element: XmlElement,
  attributes: Readonly<Record<string, string>>,
): TextEdit {
  const last = element.attributes.at(-1);
  const at = last?.range.end ?? element.nameRange.end;
  const space = last === undefined ? ' ' : spaceBefore(document, last);
  const quote = quoteAt(document, element);
  const written = Object.entries(attributes).map(
    ([name, value]) => `${space}${name}=${quote}${escapeXml(value, quote)}${quote}`,
  );
  return { range: { start: at, end: at }, newText: written.join('') };
}

function spaceBefore({ text }: XmlDocument, { range, owner }: XmlAttribute): string {
  const before = text.slice(owner.nameRange.end, range.start);
  return before.slice(before.trimEnd().length);
}
