import type { TextRange, XmlAttribute, XmlElement, XmlMisc, XmlNode, XmlText } from '../document.ts';
import { indentationAt, indentationWidth } from '../indentation.ts';
import { isSpace, skipSpace } from './characters.ts';
import type { FaultList } from './faults.ts';
import { Lookahead } from './lookahead.ts';
import { initialScope, innerScope, splitName } from './namespaces.ts';
import type { RawAttribute, StartTag } from './startTag.ts';

/** libxml2, which libvirt reads XML with, stops at the same depth. */
const maxDepth = 256;

/** How much before an end tag is searched for a start tag without its <: nodes, and characters of each text. */
const maxSearched = 60;
const maxSearchedLength = 2_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Building = Mutable<Omit<XmlElement, 'children'>> & { readonly children: XmlNode[] };

interface OpenElement {
  readonly element: Building;
  readonly tag: StartTag;
  /** Markup in it is broken, which has been reported: that its end tag does not fit may follow from that. */
  faulty: boolean;
}

export interface EndTag {
  readonly name: string;
  readonly range: TextRange;
  /** false when the tag itself is broken, which has been reported. */
  readonly whole: boolean;
}

/** Puts tags and text into a tree, and mends it where start and end tags do not match. */
export class TreeBuilder {
  readonly children: XmlNode[] = [];
  root: XmlElement | undefined;
  readonly #text: string;
  readonly #faults: FaultList;
  readonly #stack: OpenElement[] = [];
  readonly #lookahead: Lookahead;
  #isOutsideReported = false;
  #cutOffAt: number | undefined;

  constructor(text: string, faults: FaultList) {
    this.#text = text;
    this.#faults = faults;
    this.#lookahead = new Lookahead(text);
  }

  /** false when the element is too deep; then nothing more may be added. */
  startTag(tag: StartTag): boolean {
    const parent = this.#stack.at(-1)?.element;
    if (!tag.closed) this.#cutOffAt = tag.range.end;
    if (this.#stack.length >= maxDepth) {
      this.#faults.add('too-deep', tag.nameRange.start, tag.nameRange.end, maxDepth);
      for (const { element } of this.#stack) element.damaged = true;
      return false;
    }
    const element = this.#element(tag, parent);
    if (parent === undefined) {
      if (this.root !== undefined) this.#reportOutside('second-root', tag.nameRange, tag.name);
      this.root ??= element;
    }
    this.#append(element);
    if (!tag.selfClosing) this.#stack.push({ element, tag, faulty: tag.faulty });
    return true;
  }

  endTag(tag: EndTag): void {
    if (!tag.whole) this.#cutOffAt = tag.range.end;
    if (this.#stack.at(-1)?.element.name === tag.name) {
      this.#close(tag.range);
      return;
    }
    const top = this.#stack.length - 1;
    const same = this.#stack.findLastIndex(({ element }) => element.name === tag.name);
    const closed = this.#closedBy(tag, same);
    const open = this.#stack.at(-1);
    if (closed === undefined || open === undefined) {
      if (open !== undefined) open.element.damaged = true;
      if (tag.whole && open?.faulty !== true) this.#reportStray(tag);
      return;
    }
    if (closed === top && closed !== same) {
      const { start, end } = tag.range;
      if (tag.whole && !open.faulty) {
        this.#faults.add('mismatched-end-tag', start, end, tag.name, open.element.name);
      }
      open.element.damaged = true;
    }
    while (this.#stack.length - 1 > closed) this.#closeUnclosed(tag.name);
    this.#close(tag.range);
  }

  addMisc(kind: XmlMisc['kind'], range: TextRange): void {
    this.#append({ kind, parent: this.#stack.at(-1)?.element, range });
  }

  addText(kind: XmlText['kind'], value: string, range: TextRange): void {
    const parent = this.#stack.at(-1)?.element;
    this.#append({ kind, parent, value, range });
    if (parent !== undefined) return;
    const raw = this.#text.slice(range.start, range.end);
    const content = raw.replace(/^\ufeff/, '').trim();
    if (content === '' || content === '<') return;
    const from = range.start + raw.indexOf(content);
    this.#reportOutside('text-outside-root', { start: from, end: from + content.length });
  }

  /** Something in the innermost element is not closed, so that a tag of it may have been taken for something else. */
  markFaulty(): void {
    const open = this.#stack.at(-1);
    if (open !== undefined) open.faulty = true;
  }

  /** Closes what is still open at the end: one fault, however much is cut off. */
  finish(): void {
    const innermost = this.#stack.at(-1);
    const endsInTag =
      this.#cutOffAt !== undefined && skipSpace(this.#text, this.#cutOffAt) === this.#text.length;
    if (innermost?.faulty === false && !endsInTag) {
      const { start, end } = innermost.element.nameRange;
      this.#faults.add('unclosed-element', start, end, innermost.element.name);
    }
    this.abandon();
  }

  /** Closes what is open without a word. */
  abandon(): void {
    while (this.#stack.length > 0) this.#moveOutAndPop();
  }

  #element(tag: StartTag, parent: Building | undefined): Building {
    const scope = innerScope(parent?.scope ?? initialScope, tag.attributes);
    const { prefix, localName } = splitName(tag.name);
    const namespace = scope.get(prefix);
    if (namespace === undefined) {
      this.#faults.add('undeclared-prefix', tag.nameRange.start, tag.nameRange.end, prefix);
    }
    const element: Building = {
      kind: 'element',
      parent,
      name: tag.name,
      prefix,
      localName,
      namespace: namespace ?? '',
      scope,
      attributes: [],
      children: [],
      range: tag.range,
      nameRange: tag.nameRange,
      startTagRange: tag.range,
      endTagRange: undefined,
      damaged: !tag.closed || namespace === undefined,
    };
    element.attributes = tag.attributes.map((raw) => this.#attribute(raw, element));
    return element;
  }

  #attribute(raw: RawAttribute, owner: Building): XmlAttribute {
    const { name, value, range, nameRange, valueRange } = raw;
    const { prefix, localName } = splitName(name);
    const namespace = prefix === '' ? '' : owner.scope.get(prefix);
    if (namespace === undefined) {
      this.#faults.add('undeclared-prefix', nameRange.start, nameRange.end, prefix);
    }
    return {
      owner,
      name,
      prefix,
      localName,
      namespace: namespace ?? '',
      value,
      range,
      nameRange,
      valueRange,
    };
  }

  /**
   * Which open element an unexpected end tag closes, as its place on the stack; undefined when none.
   * Either the elements inside it were not closed, or its name is a slip for the innermost one's, or it is stray:
   * the end tag that comes next in the document tells.
   */
  #closedBy(tag: EndTag, same: number): number | undefined {
    const top = this.#stack.length - 1;
    if (top < 0) return undefined;
    const next = this.#lookahead.unmatchedEndTag(tag.range.end);
    if (same >= 0 && next === this.#nameAbove(same)) return same;
    if (next === this.#nameAbove(top)) return top;
    if (next === this.#stack[top]?.element.name) return undefined;
    return same >= 0 ? same : top;
  }

  #nameAbove(place: number): string {
    return this.#stack[place - 1]?.element.name ?? '';
  }

  #close(endTag: TextRange): void {
    const element = this.#stack.pop()?.element;
    if (element === undefined) return;
    element.endTagRange = endTag;
    element.range = { start: element.range.start, end: endTag.end };
  }

  #closeUnclosed(before: string): void {
    const open = this.#stack.at(-1);
    if (open === undefined) return;
    const { name, parent, nameRange } = open.element;
    if (!open.faulty) this.#faults.add('unclosed-element', nameRange.start, nameRange.end, name, before);
    this.#moveOutAndPop();
    const outer = this.#stack.at(-1);
    const lacksSlash = outer?.element === parent && parent?.name === name && open.tag.attributes.length === 0;
    if (outer !== undefined && lacksSlash) outer.faulty = true;
  }

  /** Ends the innermost element before the children that, by their indentation, are not its own. */
  #moveOutAndPop(): void {
    const open = this.#stack.pop();
    if (open === undefined) return;
    const { element, tag } = open;
    element.damaged = true;
    const parent = this.#stack.at(-1)?.element;
    if (parent !== undefined) {
      const moved = element.children.splice(tag.closed ? this.#firstForeign(element) : 0);
      for (const node of moved) (node as Mutable<XmlNode>).parent = parent;
      for (const node of moved) parent.children.push(node);
    }
    const end = element.children.at(-1)?.range.end ?? element.startTagRange.end;
    element.range = { start: element.range.start, end };
  }

  #firstForeign(element: Building): number {
    const own = indentationAt(this.#text, element.range.start);
    if (own === undefined) return element.children.length;
    const found = element.children.findIndex((child) => {
      if (child.kind !== 'element') return false;
      const indentation = indentationAt(this.#text, child.range.start);
      return indentation !== undefined && indentationWidth(indentation) <= indentationWidth(own);
    });
    return found < 0 ? element.children.length : found;
  }

  #append(node: XmlNode): void {
    (this.#stack.at(-1)?.element.children ?? this.children).push(node);
  }

  #reportStray(tag: EndTag): void {
    const unopened = this.#unopenedStart(tag.name);
    if (this.#stack.length === 0) this.#reportOutside('stray-end-tag', tag.range, tag.name);
    else if (unopened !== undefined) {
      this.#faults.add('unopened-start-tag', unopened.start, unopened.end, tag.name);
    } else this.#faults.add('stray-end-tag', tag.range.start, tag.range.end, tag.name);
  }

  /** Where the name of a start tag is whose < was forgotten: `name>` or `name attribute="x">` in the text before. */
  #unopenedStart(name: string): TextRange | undefined {
    const nodes = this.#stack.at(-1)?.element.children.slice(-maxSearched) ?? [];
    for (const node of nodes.reverse()) {
      if (node.kind !== 'text') continue;
      const { start, end } = node.range;
      const text = this.#text.slice(Math.max(start, end - maxSearchedLength), end);
      const at = text.lastIndexOf(name);
      const isTag = /^[\s>]/.test(text.slice(at + name.length)) && text.includes('>', at);
      const isWord = at === 0 || isSpace(text[at - 1]);
      if (at >= 0 && isTag && isWord)
        return { start: end - text.length + at, end: end - text.length + at + name.length };
    }
    return undefined;
  }

  /** Only the first thing that is outside is reported: the rest follows from the same mistake. */
  #reportOutside(
    kind: 'second-root' | 'text-outside-root' | 'stray-end-tag',
    range: TextRange,
    name = '',
  ): void {
    if (!this.#isOutsideReported) this.#faults.add(kind, range.start, range.end, name);
    this.#isOutsideReported = true;
  }
}
