import type { TextRange, XmlDocument, XmlElement } from './document.ts';
import { indentationAt } from './indentation.ts';
import { childElements, elementsOf } from './queries.ts';
import { type Layout, libvirtLayout, type NewElement, writeElement, writeSnippet } from './writer.ts';

/** Replaces the text in `range`; an empty range inserts. The edits of one set do not overlap. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** As {@link TextEdit}, but `snippet` is in VS Code's snippet syntax and already indented: keep its whitespace. */
export interface SnippetEdit {
  readonly range: TextRange;
  readonly snippet: string;
}

/** Before the first child of these names, or else last; after the last child of these names, or else first. */
export type ChildPlace = { readonly before: readonly string[] } | { readonly after: readonly string[] };

/** Inserts elements into `parent`, whose tags must be whole, written as the document around is written. */
export function insertChildren(
  document: XmlDocument,
  parent: XmlElement,
  children: readonly NewElement[],
  place: ChildPlace,
): TextEdit {
  const gap = findGap(document, parent, place);
  const written = children.map((child) => writeElement(child, gap.layout));
  return { range: gap.range, newText: gap.before + written.join(gap.between) + gap.after };
}

/** As {@link insertChildren}, for one element with tab stops. */
export function insertChildSnippet(
  document: XmlDocument,
  parent: XmlElement,
  child: NewElement,
  place: ChildPlace,
): SnippetEdit {
  const gap = findGap(document, parent, place);
  return { range: gap.range, snippet: gap.before + writeSnippet(child, gap.layout) + gap.after };
}

/** The text with all edits made; of several at one place the first comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toReversed()
    .sort((a, b) => b.range.start - a.range.start)
    .reduce(
      (edited, { range, newText }) => edited.slice(0, range.start) + newText + edited.slice(range.end),
      text,
    );
}

/** Where new elements go, and the text around and between them. */
export interface Gap {
  readonly range: TextRange;
  readonly before: string;
  readonly between: string;
  readonly after: string;
  readonly layout: Layout;
}

function findGap(document: XmlDocument, parent: XmlElement, place: ChildPlace): Gap {
  const children = childElements(parent);
  if (children.length === 0) return gapInEmpty(document, parent);
  const names = new Set('before' in place ? place.before : place.after);
  const isNamed = (child: XmlElement): boolean => names.has(child.name);
  const next = 'before' in place ? children.find(isNamed) : undefined;
  const previous = 'before' in place ? children.at(-1) : children.findLast(isNamed);
  if (next !== undefined) return gapBeside(document, next, 'before');
  if (previous !== undefined) return gapBeside(document, previous, 'after');
  const [first] = children;
  return first === undefined ? gapInEmpty(document, parent) : gapBeside(document, first, 'before');
}

/** The place of a new child of `parent` before `next`, or behind all children. */
export function gapBefore(document: XmlDocument, parent: XmlElement, next: XmlElement | undefined): Gap {
  if (next !== undefined) return gapBeside(document, next, 'before');
  const last = childElements(parent).at(-1);
  return last === undefined ? gapInEmpty(document, parent) : gapBeside(document, last, 'after');
}

function gapBeside(document: XmlDocument, sibling: XmlElement, side: 'before' | 'after'): Gap {
  const indentation = indentationAt(document.text, sibling.range.start);
  const layout = layoutOf(document, sibling.parent, indentation);
  const between = layout.eol + layout.indentation;
  const at = side === 'before' ? sibling.range.start : sibling.range.end;
  return {
    range: { start: at, end: at },
    before: side === 'before' ? '' : between,
    between,
    after: side === 'before' ? between : '',
    layout,
  };
}

function gapInEmpty(document: XmlDocument, parent: XmlElement): Gap {
  const own = indentationAt(document.text, parent.range.start);
  const unit = unitOf(document, parent);
  const layout = layoutOf(document, parent, own === undefined ? undefined : own + unit);
  const before = layout.eol + layout.indentation;
  const after = own === undefined ? '' : layout.eol + own;
  const { startTagRange, endTagRange } = parent;
  if (endTagRange === undefined) {
    const start = document.text.slice(0, startTagRange.end - '/>'.length).trimEnd().length;
    const range = { start, end: startTagRange.end };
    return { range, before: `>${before}`, between: before, after: `${after}</${parent.name}>`, layout };
  }
  const content = document.text.slice(startTagRange.end, endTagRange.start);
  const start = startTagRange.end + content.trimEnd().length;
  return { range: { start, end: endTagRange.start }, before, between: before, after, layout };
}

/**
 * How a child of `parent` is written. `indentation` is what stands before it, undefined where elements share a line:
 * then new ones go into that line too.
 */
export function layoutOf(
  document: XmlDocument,
  parent: XmlElement | undefined,
  indentation: string | undefined,
): Layout {
  const quote = quoteAt(document, parent);
  if (indentation === undefined) return { eol: '', unit: '', indentation: '', quote };
  const eol = /\r\n|\n|\r/.exec(document.text)?.[0] ?? libvirtLayout.eol;
  return { eol, unit: unitOf(document, parent), indentation, quote };
}

/** What one level adds: seen at the parent itself, or else anywhere in the document. */
function unitOf(document: XmlDocument, parent: XmlElement | undefined): string {
  const atParent = parent === undefined ? undefined : stepInto(document, parent);
  if (atParent !== undefined) return atParent;
  for (const element of elementsOf(document)) {
    const step = stepInto(document, element);
    if (step !== undefined) return step;
  }
  return libvirtLayout.unit;
}

function stepInto({ text }: XmlDocument, parent: XmlElement): string | undefined {
  const outer = indentationAt(text, parent.range.start);
  const [child] = childElements(parent);
  const inner = child === undefined ? undefined : indentationAt(text, child.range.start);
  if (outer === undefined || inner === undefined) return undefined;
  return inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : undefined;
}

/** The quotes that the element's attributes stand in, or else those of the document. */
export function quoteAt(document: XmlDocument, element: XmlElement | undefined): '"' | "'" {
  return (element && quoteIn(document, element)) ?? quoteOf(document);
}

function quoteIn({ text }: XmlDocument, { attributes }: XmlElement): '"' | "'" | undefined {
  const start = attributes[0]?.valueRange?.start;
  if (start === undefined) return undefined;
  return text[start - 1] === '"' ? '"' : "'";
}

function quoteOf(document: XmlDocument): '"' | "'" {
  for (const element of elementsOf(document)) {
    const quote = quoteIn(document, element);
    if (quote !== undefined) return quote;
  }
  return libvirtLayout.quote;
}
