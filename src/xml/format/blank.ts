import type { XmlElement, XmlNode } from '../document.ts';

/** Nothing but white space as XML means it: a no-break space or `&#32;` is text. */
export function isBlank(raw: string): boolean {
  return /^[ \t\r\n]*$/.test(raw);
}

/** Line ends in white space. */
export function lineEnds(raw: string): number {
  return (raw.match(/\r\n?|\n/g) ?? []).length;
}

/** The nodes without the white space between them. */
export function withoutSpace(nodes: readonly XmlNode[], text: string): XmlNode[] {
  return nodes.filter(({ kind, range }) => kind !== 'text' || !isBlank(text.slice(range.start, range.end)));
}

/** The element asks for its white space to be kept: `xml:space='preserve'`. */
export function preservesSpace({ attributes }: XmlElement): boolean {
  return attributes.some(({ name, value }) => name === 'xml:space' && value === 'preserve');
}
