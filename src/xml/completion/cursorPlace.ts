import type { TextRange, XmlAttribute, XmlDocument, XmlElement } from '../document.ts';
import { quoteAt } from '../edits.ts';
import { childElements, elementsOf, placeAt, textRangeOf } from '../queries.ts';

/** What is typed where the cursor is; `range` is what an offer replaces, on one line. */
export type CursorPlace =
  | ContentPlace
  | AttributePlace
  | AttributeValuePlace
  | { readonly kind: 'end-tag'; readonly element: XmlElement; readonly range: TextRange }
  | { readonly kind: 'nothing' };

/** Between tags, or in the name of a start tag. */
export interface ContentPlace {
  readonly kind: 'content';
  /** undefined at the top of the document. */
  readonly parent: XmlElement | undefined;
  /** The element whose name is being typed. */
  readonly typed: XmlElement | undefined;
  readonly range: TextRange;
  /** `word`: text, of which an element may be made; `tag`: from the `<`; `name`: the name alone of a whole element. */
  readonly form: 'word' | 'tag' | 'name';
}

export interface AttributeValuePlace {
  readonly kind: 'value';
  readonly attribute: XmlAttribute;
  readonly range: TextRange;
  readonly quote: '"' | "'";
  /** The quotes that are still to be written before and after the value. */
  readonly missing: { readonly opening: string; readonly closing: string };
}

export interface AttributePlace {
  readonly kind: 'attribute';
  readonly element: XmlElement;
  /** The attribute whose name is being typed. */
  readonly typed: XmlAttribute | undefined;
  readonly range: TextRange;
  /** The value is there already. */
  readonly isNameOnly: boolean;
}

const nothing: CursorPlace = { kind: 'nothing' };

/** Finds out what is being typed at the offset. */
export function cursorPlace(document: XmlDocument, offset: number): CursorPlace {
  const place = placeAt(document, offset);
  switch (place.part) {
    case 'element-name':
      return inName(document, place.node);
    case 'start-tag':
      return endTagBefore(document, offset, place.node) ?? inStartTag(document, place.node, offset);
    case 'attribute-name':
      return inAttributeName(document, place.attribute, offset);
    case 'attribute-value':
      return inValue(document, place.attribute, place.attribute.valueRange ?? place.attribute.nameRange);
    case 'end-tag':
      return endTagBefore(document, offset, place.node) ?? nothing;
    case 'content': {
      const { node } = place;
      if (node !== undefined && node.kind !== 'element' && node.kind !== 'text') return nothing;
      const parent = node?.kind === 'element' ? node : node?.parent;
      return endTagBefore(document, offset, parent) ?? inContent(document, parent, offset);
    }
  }
}

const endTagPattern = /<\/[^\s<>/]*$/;
const tagPattern = /<[^\s<>/='"]*$/;
const wordPattern = /[^\s<>'"=&;]*$/;
/** No name is longer; what is farther away than that is not looked at. */
const longestName = 200;

function behind(text: string, offset: number, pattern: RegExp): number {
  return pattern.exec(text.slice(Math.max(0, offset - longestName), offset))?.[0].length ?? 0;
}

/** An end tag that is being typed: of the element that it ends, or else of the innermost one around it. */
function endTagBefore(
  document: XmlDocument,
  offset: number,
  around: XmlElement | undefined,
): CursorPlace | undefined {
  const { text } = document;
  const length = behind(text, offset, endTagPattern);
  if (length === 0) return undefined;
  const start = offset - length;
  const element = elementEndedAt(document, start) ?? around;
  if (element === undefined) return undefined;
  const rest = /^[\w:.-]*>?/.exec(text.slice(offset, offset + longestName))?.[0].length ?? 0;
  return { kind: 'end-tag', element, range: { start, end: offset + rest } };
}

function elementEndedAt(document: XmlDocument, start: number): XmlElement | undefined {
  for (const element of elementsOf(document)) if (element.endTagRange?.start === start) return element;
  return undefined;
}

function inName({ text }: XmlDocument, typed: XmlElement): CursorPlace {
  const { nameRange, startTagRange, endTagRange, range, parent, attributes } = typed;
  const place = { kind: 'content', parent, typed } as const;
  const start = nameRange.start - 1;
  const tagRest = text.slice(nameRange.end, startTagRange.end);
  if (!/^\/?>?$/.test(tagRest.trim())) return { ...place, form: 'name', range: nameRange };
  if (!tagRest.includes('>')) return { ...place, form: 'tag', range: { start, end: nameRange.end } };
  if (endTagRange === undefined) {
    return attributes.length > 0 || /[\r\n]/.test(tagRest)
      ? { ...place, form: 'name', range: nameRange }
      : { ...place, form: 'tag', range: { start, end: startTagRange.end } };
  }
  const isEmpty = endTagRange.start === startTagRange.end && !/[\r\n]/.test(text.slice(start, range.end));
  return isEmpty
    ? { ...place, form: 'tag', range: { start, end: range.end } }
    : { ...place, form: 'name', range: nameRange };
}

function inStartTag(document: XmlDocument, element: XmlElement, offset: number): CursorPlace {
  const { text } = document;
  const isBehindSlash = text[offset - 1] === '/';
  if (offset <= element.nameRange.end || isBehindSlash) return nothing;
  const assigned = assignedBefore(document, element, offset);
  if (assigned !== undefined) return inValue(document, assigned, { start: offset, end: offset });
  return {
    kind: 'attribute',
    element,
    typed: undefined,
    range: { start: offset, end: offset },
    isNameOnly: false,
  };
}

function inAttributeName(document: XmlDocument, typed: XmlAttribute, offset: number): CursorPlace {
  const { owner: element, nameRange, valueRange } = typed;
  if (offset === nameRange.start) return inStartTag(document, element, offset);
  const isAssigned = /^\s*=/.test(document.text.slice(nameRange.end));
  const isNameOnly = valueRange !== undefined || isAssigned;
  return { kind: 'attribute', element, typed, range: nameRange, isNameOnly };
}

function inValue(document: XmlDocument, attribute: XmlAttribute, range: TextRange): CursorPlace {
  const { text } = document;
  if (/[\r\n]/.test(text.slice(range.start, range.end))) return nothing;
  const before = text[range.start - 1];
  const isQuoted = before === '"' || before === "'";
  const quote = isQuoted ? before : quoteAt(document, attribute.owner);
  const isClosed = isQuoted && text[range.end] === quote;
  const missing = { opening: isQuoted ? '' : quote, closing: isClosed ? '' : quote };
  return { kind: 'value', attribute, range, quote, missing };
}

/** The attribute whose `=` was just typed. */
function assignedBefore(
  { text }: XmlDocument,
  element: XmlElement,
  offset: number,
): XmlAttribute | undefined {
  if (text[offset - 1] !== '=') return undefined;
  return element.attributes.find(({ range, valueRange }) => valueRange === undefined && range.end === offset);
}

function inContent(document: XmlDocument, parent: XmlElement | undefined, offset: number): CursorPlace {
  const { text } = document;
  const place = { kind: 'content', parent, typed: undefined } as const;
  const tag = behind(text, offset, tagPattern);
  if (tag > 0) {
    const end = text[offset] === '>' ? offset + 1 : offset;
    return { ...place, form: 'tag', range: { start: offset - tag, end } };
  }
  const unfinished = unfinishedTagBefore(document, offset);
  if (unfinished !== undefined) return inStartTag(document, unfinished, offset);
  const whole = parent && childElements(parent).length === 0 ? textRangeOf(document, parent) : undefined;
  const isOneLine = whole !== undefined && !/[\r\n]/.test(text.slice(whole.start, whole.end));
  if (isOneLine && whole.start <= offset && offset <= whole.end) {
    return { ...place, form: 'word', range: whole };
  }
  const word = behind(text, offset, wordPattern);
  return { ...place, form: 'word', range: { start: offset - word, end: offset } };
}

/** The element whose start tag goes on at the offset, on a later line than the rest of it. */
function unfinishedTagBefore(document: XmlDocument, offset: number): XmlElement | undefined {
  const { text } = document;
  const end = text.slice(0, offset).trimEnd().length;
  const start = text.lastIndexOf('<', end - 1);
  if (end === offset || start < 0 || text.slice(start, end).includes('>')) return undefined;
  const place = placeAt(document, start + 1);
  return place.part === 'element-name' ? place.node : undefined;
}
