import type { TextRange, XmlDocument, XmlElement, XmlNode } from '../document.ts';
import type { TextEdit } from '../edits.ts';
import { indentationAt } from '../indentation.ts';
import { childElements } from '../queries.ts';
import { isBlank, lineEnds, preservesSpace, withoutSpace } from './blank.ts';
import type { Columns } from './columns.ts';

/**
 * Lays out a document by edits of white space alone: between elements, in front of an end tag, and in front of what
 * goes on in following lines (attributes, comments). Where text stands beside elements nothing is touched. Of an
 * element whose tags are at fault only the whole elements inside are laid out, from where they stand.
 */
export class Formatter {
  readonly edits: TextEdit[] = [];
  readonly #text: string;
  readonly #columns: Columns;
  readonly #eol: string;

  constructor({ text }: XmlDocument, columns: Columns) {
    this.#text = text;
    this.#columns = columns;
    this.#eol = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  }

  layOutDocument({ children }: XmlDocument): void {
    const start = this.#text.startsWith('\ufeff') ? 1 : 0;
    const content = { start, end: this.#text.length };
    const nodes = withoutSpace(children, this.#text.replace(/^\ufeff/, ' '));
    const [first] = nodes;
    if (first === undefined || !this.#hasOnlySpaceBetween(nodes, content)) {
      this.#layOutWholeParts(children);
      return;
    }
    this.#layOut(nodes, content, 0);
    const end = nodes.at(-1)?.range.end ?? start;
    this.#replace({ start: end, end: content.end }, lineEnds(this.#text.slice(end)) > 0 ? this.#eol : '');
  }

  /** Puts every node on a line of its own, but for comments that follow something on their line. */
  #layOut(nodes: readonly XmlNode[], content: TextRange, column: number): void {
    let previous: XmlNode | undefined;
    for (const node of nodes) {
      const gap = { start: previous?.range.end ?? content.start, end: node.range.start };
      const isFirst = previous === undefined && node.parent === undefined;
      const isLeft = !isFirst && this.#staysOnLine(node, gap);
      const isGuess = this.#isBroken(node) || (previous !== undefined && this.#isBroken(previous));
      if (!isLeft && !isGuess) {
        this.#moveFollowingLines(node, column);
        this.#replace(gap, isFirst ? '' : this.#newLine(gap, column));
      }
      if (this.#isBroken(node)) this.#layOutWholeParts([node]);
      else if (node.kind === 'element') this.#layOutElement(node, isGuess ? this.#columnOf(node) : column);
      previous = node;
    }
  }

  /** @param column where the start tag begins; undefined when it is not the first on its line */
  #layOutElement(element: XmlElement, column: number | undefined): void {
    const { startTagRange, endTagRange, children } = element;
    if (column === undefined || endTagRange === undefined || preservesSpace(element)) return;
    const content = { start: startTagRange.end, end: endTagRange.start };
    const nodes = withoutSpace(children, this.#text);
    if (!this.#hasOnlySpaceBetween(nodes, content)) return;
    this.#layOut(nodes, content, column + this.#columns.step);
    const last = nodes.at(-1);
    const gap = { start: last?.range.end ?? content.start, end: content.end };
    const staysOnLine = nodes.every(({ kind }) => kind !== 'element') && this.#lineEndsIn(content) === 0;
    if (staysOnLine || (last !== undefined && this.#isBroken(last))) return;
    this.#replace(gap, this.#newLine(gap, column));
  }

  #layOutWholeParts(nodes: readonly XmlNode[]): void {
    for (const node of nodes) {
      if (node.kind !== 'element') continue;
      if (this.#isBroken(node)) this.#layOutWholeParts(childElements(node));
      else this.#layOutElement(node, this.#columnOf(node));
    }
  }

  /** What the element holds, or where it ends, is a guess. */
  #isBroken(node: XmlNode): boolean {
    return node.kind === 'element' && (node.damaged || this.#text[node.range.end - 1] !== '>');
  }

  #columnOf({ range }: XmlElement): number | undefined {
    const isFirstOnLine = indentationAt(this.#text, range.start) !== undefined;
    return isFirstOnLine ? this.#columns.at(this.#text, range.start) : undefined;
  }

  #hasOnlySpaceBetween(nodes: readonly XmlNode[], { start, end }: TextRange): boolean {
    const starts = [...nodes.map(({ range }) => range.start), end];
    const ends = [start, ...nodes.map(({ range }) => range.end)];
    return (
      nodes.every(({ kind }) => kind !== 'text' && kind !== 'cdata') &&
      starts.every((next, index) => {
        const previous = ends[index] ?? next;
        return previous <= next && this.#isBlank({ start: previous, end: next });
      })
    );
  }

  #staysOnLine({ kind }: XmlNode, gap: TextRange): boolean {
    return (kind === 'comment' || kind === 'instruction') && this.#lineEndsIn(gap) === 0;
  }

  /** A line end, a second one where there was an empty line, and the indentation. */
  #newLine(gap: TextRange, column: number): string {
    const isParted = this.#lineEndsIn(gap) > 1;
    return this.#eol.repeat(isParted ? 2 : 1) + this.#columns.write(column);
  }

  #isBlank({ start, end }: TextRange): boolean {
    return isBlank(this.#text.slice(start, end));
  }

  #lineEndsIn({ start, end }: TextRange): number {
    return lineEnds(this.#text.slice(start, end));
  }

  /** The following lines of a start tag or a comment go where its first line goes: to the column. */
  #moveFollowingLines(node: XmlNode, column: number): void {
    const parts = node.kind === 'element' ? spacesInTag(node) : node.kind === 'comment' ? [node.range] : [];
    const movable = parts.filter(
      (part) => this.#lineEndsIn(part) > 0 && (node.kind === 'comment' || this.#isBlank(part)),
    );
    if (movable.length === 0) return;
    const delta = column - this.#columns.at(this.#text, node.range.start);
    for (const { start, end } of movable) {
      for (const found of this.#text.slice(start, end).matchAll(/(?<=[\r\n])[ \t]*(?![\r\n \t])/g)) {
        const from = start + found.index;
        this.#replace({ start: from, end: from + found[0].length }, this.#columns.moved(found[0], delta));
      }
    }
  }

  /** Changes only what differs. */
  #replace({ start, end }: TextRange, newText: string): void {
    const old = this.#text.slice(start, end);
    if (old === newText) return;
    const shorter = Math.min(old.length, newText.length);
    let before = 0;
    while (before < shorter && old[before] === newText[before]) before++;
    let after = 0;
    while (after < shorter - before && old.at(-1 - after) === newText.at(-1 - after)) after++;
    this.edits.push({
      range: { start: start + before, end: end - after },
      newText: newText.slice(before, newText.length - after),
    });
  }
}

/** What stands in front of each attribute and at the end of the start tag. */
function spacesInTag({ nameRange, startTagRange, attributes, endTagRange }: XmlElement): TextRange[] {
  const close = startTagRange.end - (endTagRange === undefined ? '/>' : '>').length;
  const ends = [nameRange.end, ...attributes.map(({ range }) => range.end)];
  const starts = [...attributes.map(({ range }) => range.start), close];
  return starts.map((next, index) => ({ start: ends[index] ?? next, end: next }));
}
