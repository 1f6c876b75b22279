import { decodeText, decodeValue } from '../../scanner/characters.ts';
import { FaultList } from '../../scanner/faults.ts';
import { broken } from '../schemaError.ts';

/** An element of a schema file. */
export interface Markup {
  /** As written, with its prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Whether it declares a namespace or sets what elements in it inherit; of most that is not worth asking. */
  readonly setsContext: boolean;
  readonly children: readonly Markup[];
  /** The text directly in it. */
  readonly text: string;
}

const name = '[A-Za-z_][\\w.:-]*';
const attribute = `\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*')`;
/** A start or an end tag; what matches is all of it, so that nothing is tried twice. */
const tagPattern = new RegExp(`<(?:/(${name})\\s*>|(${name})((?:${attribute})*)\\s*(/?)>)`, 'y');
const attributePattern = new RegExp(`(${name})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const contextPattern = /\s(?:xmlns|ns\s*=|datatypeLibrary)/;
const noAttributes: ReadonlyMap<string, string> = new Map<string, string>();

type Open = Markup & { readonly children: Markup[]; text: string };

/**
 * Reads a schema file, which is well-formed XML or of no use. A schema is hundreds of kilobytes that a first keystroke
 * waits for, so nothing is kept of where things are, nor is anything mended, as the scanner for documents does.
 * @throws {SchemaError} when the file is not well-formed, or has a document type.
 */
export function readMarkup(fileName: string, text: string): Markup {
  return new MarkupReader(fileName, text).read();
}

class MarkupReader {
  readonly #fileName: string;
  readonly #text: string;
  readonly #faults = new FaultList();
  readonly #open: Open[] = [
    { name: '', attributes: noAttributes, setsContext: false, children: [], text: '' },
  ];

  constructor(fileName: string, text: string) {
    this.#fileName = fileName;
    this.#text = text;
  }

  read(): Markup {
    const text = this.#text;
    let end = 0;
    for (let start = text.indexOf('<'); start >= 0; start = text.indexOf('<', end)) {
      this.#addText(end, start);
      end =
        text.startsWith('<!', start) || text.startsWith('<?', start) ? this.#skip(start) : this.#tag(start);
    }
    this.#addText(end, text.length);
    const [top, unclosed] = this.#open;
    const [root, second] = top?.children ?? [];
    if (unclosed !== undefined || root === undefined || second !== undefined || !this.#faults.isEmpty) {
      throw this.#broken(unclosed?.name ?? root?.name ?? '', text.length);
    }
    return root;
  }

  #tag(start: number): number {
    tagPattern.lastIndex = start;
    const match = tagPattern.exec(this.#text);
    if (match === null) throw this.#broken(this.#open.at(-1)?.name ?? '', start);
    const [whole, closed, opened = '', attributes = '', slash] = match;
    if (closed !== undefined) this.#close(closed, start);
    else {
      const element = {
        name: opened,
        attributes: attributes === '' ? noAttributes : this.#attributes(attributes),
        setsContext: contextPattern.test(attributes),
        children: [],
        text: '',
      };
      this.#open.at(-1)?.children.push(element);
      if (slash === '') this.#open.push(element);
    }
    return start + whole.length;
  }

  #close(closed: string, start: number): void {
    const element = this.#open.pop();
    if (element?.name !== closed || this.#open.length === 0) throw this.#broken(closed, start);
  }

  #attributes(written: string): ReadonlyMap<string, string> {
    const attributes = new Map<string, string>();
    for (const [, attributeName = '', double, single = ''] of written.matchAll(attributePattern)) {
      attributes.set(attributeName, decodeValue(double ?? single, 0, this.#faults));
    }
    return attributes;
  }

  /** Where a comment, an instruction or a CDATA section ends; the text of the last is kept. */
  #skip(start: number): number {
    const text = this.#text;
    const isCdata = text.startsWith('<![CDATA[', start);
    const closing = text.startsWith('<!--', start) ? '-->' : isCdata ? ']]>' : '?>';
    const end = text.indexOf(closing, start + 2);
    if (end < 0 || text.startsWith('<!D', start)) throw this.#broken('!', start);
    const open = this.#open.at(-1);
    if (isCdata && open !== undefined) open.text += text.slice(start + '<![CDATA['.length, end);
    return end + closing.length;
  }

  #addText(start: number, end: number): void {
    const open = this.#open.at(-1);
    if (open === undefined || start === end) return;
    const text = this.#text.slice(start, end);
    if (open.children.length === 0 || text.trim() !== '') open.text += decodeText(text, start, this.#faults);
  }

  #broken(element: string, at: number): Error {
    return broken(this.#fileName, element, `at offset ${at}`);
  }
}
