import type { XmlAttribute, XmlDocument, XmlElement } from '../../../src/xml/document.ts';
import { childElements } from '../../../src/xml/queries.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';

/** A document and those parts of it that edits may touch: what the schema says something of. */
export interface Page {
  readonly text: string;
  readonly document: XmlDocument;
  /** libvirt's own elements, the root first. */
  readonly elements: readonly XmlElement[];
  /** Their attributes, namespace declarations left out. */
  readonly attributes: readonly XmlAttribute[];
}

export function readPage(text: string): Page {
  const document = scan(text);
  const elements = document.root === undefined ? [] : [...judgedElements(document.root)];
  const attributes = elements.flatMap((element) =>
    element.attributes.filter(({ name }) => name !== 'xmlns' && !name.includes(':')),
  );
  return { text, document, elements, attributes };
}

function* judgedElements(element: XmlElement): Generator<XmlElement> {
  if (element.namespace !== '' || element.name === 'metadata') return;
  yield element;
  for (const child of childElements(element)) yield* judgedElements(child);
}

/** What is between the tags; undefined when the element is `<empty/>`. */
export function contentRange({
  startTagRange,
  endTagRange,
}: XmlElement): { start: number; end: number } | undefined {
  return endTagRange && { start: startTagRange.end, end: endTagRange.start };
}

/** The document with another name in both tags of the element. */
export function renamed({ text }: Page, { nameRange, endTagRange, name }: XmlElement, to: string): string {
  const inEndTag = endTagRange === undefined ? undefined : endTagRange.start + '</'.length;
  const start = text.slice(0, nameRange.start) + to;
  if (inEndTag === undefined) return start + text.slice(nameRange.end);
  return start + text.slice(nameRange.end, inEndTag) + to + text.slice(inEndTag + name.length);
}

export function spliced(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

export function escaped(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll("'", '&apos;')
    .replaceAll('"', '&quot;');
}
