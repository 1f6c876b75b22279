import type { TextRange, XmlFaultKind } from '../document.ts';
import { Finder } from './finder.ts';
import { decodeValue, isSpace, nameAt, skipSpace } from './characters.ts';
import type { FaultList } from './faults.ts';

export interface RawAttribute {
  readonly name: string;
  readonly value: string;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly valueRange: TextRange | undefined;
}

export interface StartTag {
  readonly name: string;
  /** An unclosed tag ends with the blanks behind it, where the next attribute would be typed. */
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly attributes: readonly RawAttribute[];
  readonly selfClosing: boolean;
  /** The tag has its `>`. */
  readonly closed: boolean;
  /** A fault of this tag was reported: what follows from it is not reported again. */
  readonly faulty: boolean;
}

/** The beginning of the next attribute inside what was read as a value. */
const nextAttribute = /\s[\w:.-]+\s*=/;
const endsInNextAttribute = /\s[\w:.-]+\s*=\s*$/;

/** So many names are compared one by one: most tags have fewer, and a Set for each of them takes time. */
const maxCompared = 12;

/** Reads start tags. Of the faults that make the rest of a tag a guess, only the first is reported. */
export class StartTagReader {
  readonly #text: string;
  readonly #faults: FaultList;
  readonly #lessThan: Finder;
  #at = 0;
  #start = 0;
  #name = '';
  #attributes: RawAttribute[] = [];
  #isFaulty = false;

  constructor(text: string, faults: FaultList) {
    this.#text = text;
    this.#faults = faults;
    this.#lessThan = new Finder(text, '<');
  }

  /** Reads the tag whose `<` is at `start`, with a name behind it. */
  read(start: number): StartTag {
    const text = this.#text;
    const name = nameAt(text, start + 1);
    const attributes: RawAttribute[] = [];
    let names: Set<string> | undefined;
    this.#start = start;
    this.#name = name;
    this.#attributes = attributes;
    this.#at = start + 1 + name.length;
    this.#isFaulty = false;
    for (;;) {
      const before = this.#at;
      const at = skipSpace(text, before);
      const next = text[at];
      if (next === undefined || next === '<') {
        return this.#tag(false, false);
      }
      this.#at = at + 1;
      if (next === '>') return this.#tag(true, false);
      if (next === '/') {
        if (text[this.#at] === '>') {
          this.#at++;
          return this.#tag(true, true);
        }
        const following = text[skipSpace(text, this.#at)];
        if (following === undefined || following === '<') return this.#tag(false, true);
      }
      const attributeName = nameAt(text, at);
      if (attributeName === '') {
        this.#skipUnexpected(at);
        continue;
      }
      if (before === at && attributes.length > 0) this.#report('missing-space', at, at + 1, attributeName);
      const attribute = this.#readAttribute(at, attributeName);
      if (attributes.length === maxCompared) names ??= new Set(attributes.map((given) => given.name));
      const isTwice = names?.has(attributeName) ?? attributes.some((given) => given.name === attributeName);
      if (isTwice) {
        this.#faults.add('duplicate-attribute', at, attribute.nameRange.end, attributeName);
      } else {
        names?.add(attributeName);
        attributes.push(attribute);
      }
    }
  }

  /** The tag that has been read up to here. */
  #tag(closed: boolean, selfClosing: boolean): StartTag {
    const text = this.#text;
    const start = this.#start;
    const name = this.#name;
    const nameRange = { start: start + 1, end: start + 1 + name.length };
    if (!closed) {
      this.#report('unclosed-start-tag', start, nameRange.end, name);
      while (text[this.#at] === ' ' || text[this.#at] === '\t') this.#at++;
    }
    const range = { start, end: this.#at };
    const attributes = this.#attributes;
    return { name, range, nameRange, attributes, selfClosing, closed, faulty: this.#isFaulty };
  }

  #report(kind: XmlFaultKind, start: number, end: number, first: string, second?: string): void {
    if (!this.#isFaulty) this.#faults.add(kind, start, end, first, second);
    this.#isFaulty = true;
  }

  #skipUnexpected(start: number): void {
    const found = /(?:"[^"<>=\r\n]*"|'[^'<>=\r\n]*'|.)[^\s<>/"']*/y;
    found.lastIndex = start;
    const end = start + (found.exec(this.#text)?.[0].length ?? 1);
    this.#report('unexpected-character', start, end, this.#text.slice(start, end), this.#name);
    this.#at = end;
  }

  #readAttribute(start: number, name: string): RawAttribute {
    const text = this.#text;
    const nameRange = { start, end: start + name.length };
    this.#at = nameRange.end;
    const equals = skipSpace(text, nameRange.end);
    const isAssigned = text[equals] === '=';
    const valueStart = isAssigned ? skipSpace(text, equals + 1) : equals;
    const quote = text[valueStart];
    if (quote === '"' || quote === "'") {
      if (!isAssigned) this.#report('missing-equals', start, nameRange.end, name);
      return this.#quoted(name, nameRange, valueStart, quote);
    }
    return isAssigned
      ? this.#unquoted(name, nameRange, equals, valueStart)
      : this.#withoutValue(name, nameRange, nameRange.end);
  }

  #withoutValue(name: string, nameRange: TextRange, end: number): RawAttribute {
    this.#at = end;
    this.#report('missing-value', nameRange.start, end, name);
    return { name, nameRange, value: '', valueRange: undefined, range: { start: nameRange.start, end } };
  }

  #unquoted(name: string, nameRange: TextRange, equals: number, start: number): RawAttribute {
    const text = this.#text;
    const next = nameAt(text, start);
    const isNextAttribute = next !== '' && text[start + next.length] === '=' && start > equals + 1;
    let end = start;
    if (!isNextAttribute) {
      for (let c = text[end]; c !== undefined && !isSpace(c) && c !== '<' && c !== '>'; c = text[++end]) {
        if (c === '/' && text[end + 1] === '>') break;
      }
    }
    if (end === start) return this.#withoutValue(name, nameRange, equals + 1);
    this.#report('unquoted-value', nameRange.start, end, name);
    this.#at = end;
    const value = text.slice(start, end);
    return { name, nameRange, value, valueRange: { start, end }, range: { start: nameRange.start, end } };
  }

  #quoted(name: string, nameRange: TextRange, open: number, quote: string): RawAttribute {
    const text = this.#text;
    const start = open + 1;
    const closing = text.indexOf(quote, start);
    let end = this.#overrun(start, closing);
    if (end === undefined) {
      end = closing;
      this.#at = closing + 1;
      const lessThan = this.#lessThan.next(start);
      if (lessThan >= 0 && lessThan < end) this.#faults.add('less-than-in-value', lessThan, lessThan + 1);
    } else {
      this.#report('unclosed-value', open, end, name, quote);
      this.#at = end;
    }
    const value = decodeValue(text.slice(start, end), start, this.#faults);
    const range = { start: nameRange.start, end: this.#at };
    return { name, nameRange, value, valueRange: { start, end }, range };
  }

  /**
   * Where the value ends if its closing quote is missing and the quote that was found belongs to something else;
   * undefined when the quote is its own.
   */
  #overrun(start: number, closing: number): number | undefined {
    const text = this.#text;
    const lessThan = this.#lessThan.next(start);
    const holdsLessThan = lessThan >= 0 && (closing < 0 || lessThan < closing);
    const after = text[closing + 1];
    const endsWell = closing >= 0 && (after === undefined || isSpace(after) || '/>'.includes(after));
    if (endsWell && !holdsLessThan) return undefined;
    const body = text.slice(start, closing < 0 ? undefined : closing);
    if (closing >= 0) {
      const holdsMarkup = holdsLessThan && (body.includes('>') || body.includes('\n'));
      const runsIntoNext = !endsWell && (body.includes('>') || endsInNextAttribute.test(body));
      if (!holdsMarkup && !runsIntoNext) return undefined;
    }
    const line = body.slice(0, firstOf(body.search(/[\n\r<>]/), body.length));
    const cut = line.slice(0, firstOf(line.search(nextAttribute), line.length)).trimEnd().length;
    const isEmptyTag = cut === line.length && line.endsWith('/') && body[cut] === '>';
    return start + cut - (isEmptyTag ? 1 : 0);
  }
}

function firstOf(found: number, otherwise: number): number {
  return found < 0 ? otherwise : found;
}
