import type { XmlDocument } from '../document.ts';
import { beginsName, checkCharacters, decodeText, nameAt, skipSpace } from './characters.ts';
import { FaultList } from './faults.ts';
import { Finder } from './finder.ts';
import { endOfLine, readComment, readDoctype, readInstruction } from './misc.ts';
import { StartTagReader } from './startTag.ts';
import { TreeBuilder } from './treeBuilder.ts';

/**
 * Reads XML that may be broken: never throws, keeps exact offsets, and gives one fault for one mistake.
 * Nothing is expanded but the five entities of XML and character references; a document type is skipped.
 */
export function scan(text: string): XmlDocument {
  const faults = new FaultList();
  checkCharacters(text, faults);
  const tree = new TreeBuilder(text, faults);
  if (new Scanner(text, faults, tree).run()) tree.finish();
  else tree.abandon();
  if (tree.root === undefined && faults.isEmpty) faults.add('no-root', 0, text.length);
  return { text, root: tree.root, children: tree.children, faults: faults.sorted() };
}

class Scanner {
  readonly #text: string;
  readonly #faults: FaultList;
  readonly #tree: TreeBuilder;
  readonly #startTags: StartTagReader;
  readonly #commentEnd: Finder;
  readonly #cdataEnd: Finder;
  readonly #instructionEnd: Finder;
  #isDoctypeAllowed = true;
  #isTooDeep = false;
  /** Where a tag without its `>` was given up: markup that begins right there broke it. */
  #cutOff = -1;

  constructor(text: string, faults: FaultList, tree: TreeBuilder) {
    this.#text = text;
    this.#faults = faults;
    this.#tree = tree;
    this.#startTags = new StartTagReader(text, faults);
    this.#commentEnd = new Finder(text, '-->');
    this.#cdataEnd = new Finder(text, ']]>');
    this.#instructionEnd = new Finder(text, '?>');
  }

  /** false when the scan stopped before the end, because elements are nested too deeply. */
  run(): boolean {
    const text = this.#text;
    let textStart = 0;
    let open = text.indexOf('<');
    while (open >= 0) {
      this.#faults.muted = open === this.#cutOff;
      if (!this.#isMarkup(open)) {
        this.#faults.add('stray-less-than', open, open + 1);
        this.#tree.markFaulty();
        this.#cutOff = open + 1;
        this.#faults.muted = false;
        open = text.indexOf('<', open + 1);
        continue;
      }
      this.#addText(textStart, open);
      textStart = this.#read(open);
      this.#faults.muted = false;
      if (this.#isTooDeep) return false;
      open = text.indexOf('<', textStart);
    }
    this.#addText(textStart, text.length);
    return true;
  }

  /** Whether markup begins at the `<`, broken or not. */
  #isMarkup(start: number): boolean {
    const text = this.#text;
    switch (text[start + 1]) {
      case '/':
      case '?':
        return true;
      case '!':
        return ['<!--', '<![CDATA[', '<!DOCTYPE'].some((opening) => text.startsWith(opening, start));
      default:
        return beginsName(text, start + 1);
    }
  }

  /** Reads the markup at the offset and gives where it ends. */
  #read(start: number): number {
    switch (this.#text[start + 1]) {
      case '/':
        return this.#endTag(start);
      case '?':
        return this.#instruction(start);
      case '!':
        switch (this.#text[start + 2]) {
          case '-':
            return this.#comment(start);
          case '[':
            return this.#cdata(start);
          default:
            return this.#doctype(start);
        }
      default:
        return this.#startTag(start);
    }
  }

  #startTag(start: number): number {
    const tag = this.#startTags.read(start);
    this.#isDoctypeAllowed = false;
    this.#isTooDeep = !this.#tree.startTag(this.#faults.muted ? { ...tag, faulty: true } : tag);
    if (!tag.closed) this.#cutOff = tag.range.end;
    return tag.range.end;
  }

  #endTag(start: number): number {
    const text = this.#text;
    const name = nameAt(text, start + 2);
    const afterName = start + 2 + name.length;
    const close = skipSpace(text, afterName);
    let end = close + 1;
    let whole = text[close] === '>';
    if (!whole) {
      const rest = /[<>\r\n]/.exec(text.slice(close));
      if (name !== '' && rest?.[0] === '>') {
        end = close + rest.index + 1;
        this.#faults.add('unexpected-character', close, end - 1, text.slice(close, end - 1), `/${name}`);
      } else {
        end = afterName;
        this.#faults.add('unclosed-end-tag', start, end, name);
        this.#cutOff = end;
      }
    } else if (name === '') {
      whole = false;
      this.#faults.add('unclosed-end-tag', start, end, name);
    }
    this.#tree.endTag({ name, range: { start, end }, whole: whole && !this.#faults.muted });
    return end;
  }

  #comment(start: number): number {
    const end = readComment(this.#text, start, this.#commentEnd.next(start + '<!--'.length), this.#faults);
    if (!this.#text.startsWith('-->', end - 3)) this.#tree.markFaulty();
    this.#tree.addMisc('comment', { start, end });
    return end;
  }

  #instruction(start: number): number {
    const end = readInstruction(this.#text, start, this.#instructionEnd.next(start + 2), this.#faults);
    if (!this.#text.startsWith('?>', end - 2)) this.#tree.markFaulty();
    this.#tree.addMisc('instruction', { start, end });
    return end;
  }

  #doctype(start: number): number {
    const end = readDoctype(this.#text, start, this.#faults);
    if (!this.#isDoctypeAllowed) this.#faults.add('misplaced-doctype', start, start + '<!DOCTYPE'.length);
    this.#isDoctypeAllowed = false;
    this.#tree.addMisc('doctype', { start, end });
    return end;
  }

  #cdata(start: number): number {
    const body = start + '<![CDATA['.length;
    const closing = this.#cdataEnd.next(body);
    if (closing < 0) {
      this.#faults.add('unclosed-cdata', start, body);
      this.#tree.markFaulty();
    }
    const bodyEnd = closing < 0 ? endOfLine(this.#text, body) : closing;
    const end = closing < 0 ? bodyEnd : closing + ']]>'.length;
    const value = this.#text.slice(body, bodyEnd).replace(/\r\n?/g, '\n');
    this.#tree.addText('cdata', value, { start, end });
    return end;
  }

  #addText(start: number, end: number): void {
    if (start >= end) return;
    const raw = this.#text.slice(start, end);
    const cdataEnd = raw.indexOf(']]>');
    if (cdataEnd >= 0) this.#faults.add('cdata-end-in-text', start + cdataEnd, start + cdataEnd + 3);
    const value = decodeText(raw, start, this.#faults);
    this.#tree.addText('text', value, { start, end });
  }
}
