import type { TextRange, XmlAttribute, XmlDocument, XmlElement, XmlNode } from './document.ts';
import { placeAt } from './queries.ts';

/**
 * What a selection grows to from the offset, the smallest first, each inside the next: a value, the attribute, the tag,
 * the element, the content it stands in, its parent ...
 */
export function selectionsAt(document: XmlDocument, offset: number): TextRange[] {
  const place = placeAt(document, offset);
  const ranges: (TextRange | undefined)[] = [];
  let element: XmlElement | undefined;
  if (place.part === 'content') {
    element = place.node?.kind === 'element' ? place.node : place.node?.parent;
    if (place.node !== undefined && place.node.kind !== 'element') {
      ranges.push(...inNode(document, place.node));
    }
    if (element !== undefined) ranges.push(...contentOf(document, element));
  } else {
    element = place.node;
    if ('attribute' in place) {
      const { valueRange, nameRange, range } = place.attribute;
      const isInName = place.part === 'attribute-name';
      ranges.push(...(isInName ? [nameRange] : [valueRange, quotedValue(document, place.attribute)]), range);
    }
    if (place.part === 'element-name') ranges.push(element.nameRange);
    ranges.push(place.part === 'end-tag' ? element.endTagRange : element.startTagRange);
  }
  for (; element !== undefined; element = element.parent) {
    ranges.push(element.range);
    if (element.parent !== undefined) ranges.push(...contentOf(document, element.parent));
  }
  return growing([...ranges, { start: 0, end: document.text.length }], offset);
}

/** The value with its quotes; undefined when it has none. */
function quotedValue({ text }: XmlDocument, { valueRange, range }: XmlAttribute): TextRange | undefined {
  if (valueRange === undefined || !`'"`.includes(text[valueRange.start - 1] ?? ' ')) return undefined;
  return { start: valueRange.start - 1, end: range.end };
}

const delimiters: ReadonlyMap<XmlNode['kind'], readonly [string, string]> = new Map([
  ['comment', ['<!--', '-->']],
  ['cdata', ['<![CDATA[', ']]>']],
  ['instruction', ['<?', '?>']],
]);

/** A comment, a text and the like: what it says, then all of it. */
function inNode({ text }: XmlDocument, { kind, range }: XmlNode): TextRange[] {
  const raw = text.slice(range.start, range.end);
  if (raw.trim() === '') return [];
  if (kind === 'text') return [trimmed(text, range)];
  const [open, close] = delimiters.get(kind) ?? [];
  if (open === undefined || close === undefined || !raw.endsWith(close)) return [range];
  const inside = { start: range.start + open.length, end: range.end - close.length };
  return [trimmed(text, inside), inside, range];
}

function contentOf({ text }: XmlDocument, { startTagRange, endTagRange }: XmlElement): TextRange[] {
  if (endTagRange === undefined) return [];
  const content = { start: startTagRange.end, end: endTagRange.start };
  return [trimmed(text, content), content];
}

function trimmed(text: string, { start, end }: TextRange): TextRange {
  const raw = text.slice(start, end);
  const from = start + raw.length - raw.trimStart().length;
  return { start: from, end: Math.max(from, end - raw.length + raw.trimEnd().length) };
}

/** The ranges around the offset of which each is larger than the one before. */
function growing(ranges: readonly (TextRange | undefined)[], offset: number): TextRange[] {
  const grown: TextRange[] = [];
  for (const range of ranges) {
    if (range === undefined || range.start > offset || range.end < offset || range.start === range.end)
      continue;
    const last = grown.at(-1);
    const isLarger =
      last === undefined ||
      (range.start <= last.start &&
        range.end >= last.end &&
        (range.start < last.start || range.end > last.end));
    if (isLarger) grown.push(range);
  }
  return grown;
}
