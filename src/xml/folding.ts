import type { TextRange, XmlDocument, XmlElement, XmlNode } from './document.ts';
import { LineIndex } from './lines.ts';

/** Lines that an editor may hide, counted from 0: `startLine` stays visible, the others up to `endLine` go. */
export interface FoldingRange {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: 'element' | 'comment' | 'region';
}

/**
 * What can be folded: elements (their end tag stays visible), long start tags, comments and runs of comments, CDATA
 * sections, and what stands between `<!-- #region -->` and `<!-- #endregion -->`.
 */
export function foldingRanges(document: XmlDocument): FoldingRange[] {
  const folding = new Folding(document);
  folding.addNodes(document.children);
  return folding.ranges;
}

class Folding {
  readonly ranges: FoldingRange[] = [];
  readonly #text: string;
  readonly #lines: LineIndex;
  /** The lines of regions that are still open. */
  readonly #regions: number[] = [];

  constructor({ text }: XmlDocument) {
    this.#text = text;
    this.#lines = new LineIndex(text);
  }

  addNodes(nodes: readonly XmlNode[]): void {
    let run: TextRange | undefined;
    for (const node of nodes) {
      if (node.kind === 'comment' && !this.#isRegionMark(node.range)) {
        run = run === undefined ? node.range : { start: run.start, end: node.range.end };
      } else if (node.kind !== 'text' || node.value.trim() !== '') {
        this.#addComments(run);
        run = undefined;
      }
      if (node.kind === 'element') this.#addElement(node);
      if (node.kind === 'cdata') this.#add(node.range, 'element');
    }
    this.#addComments(run);
  }

  #addElement(element: XmlElement): void {
    const { range, startTagRange, endTagRange } = element;
    if (endTagRange === undefined) {
      const written = this.#text.slice(range.start, range.end).trimEnd();
      this.#add({ start: range.start, end: range.start + written.length }, 'element');
    } else {
      const startLine = this.#lineOf(startTagRange.start);
      const endLine = this.#lineOf(endTagRange.start) - 1;
      this.#addLines(startLine, endLine, 'element');
    }
    this.addNodes(element.children);
  }

  #addComments(run: TextRange | undefined): void {
    if (run !== undefined) this.#add(run, 'comment');
  }

  #isRegionMark({ start, end }: TextRange): boolean {
    const mark = /^<!--\s*#(end)?region\b/.exec(this.#text.slice(start, end));
    if (mark === null) return false;
    const line = this.#lineOf(start);
    if (mark[1] === undefined) {
      this.#regions.push(line);
    } else {
      const startLine = this.#regions.pop();
      if (startLine !== undefined) this.#addLines(startLine, line, 'region');
    }
    return true;
  }

  #add({ start, end }: TextRange, kind: FoldingRange['kind']): void {
    this.#addLines(this.#lineOf(start), this.#lineOf(end), kind);
  }

  #addLines(startLine: number, endLine: number, kind: FoldingRange['kind']): void {
    if (endLine > startLine) this.ranges.push({ startLine, endLine, kind });
  }

  #lineOf(offset: number): number {
    return this.#lines.positionAt(offset).line;
  }
}
