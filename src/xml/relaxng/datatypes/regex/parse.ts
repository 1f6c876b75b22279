import { anyCharacter, characters } from './characterClass.ts';
import type { CharacterClass } from './characterClass.ts';
import type { Expression } from './expression.ts';

/** The expression cannot be read; the message is that of a parser, for the raw text of an error. */
export class ExpressionError extends Error {}

const maxDepth = 100;
const maxCount = 10_000;

/** Reads a regular expression of XML Schema, in which ^ and $ are characters like others and all of a text must match. */
export function parseExpression(source: string): Expression {
  const parser = new ExpressionParser(source);
  const expression = parser.alternatives(0);
  parser.expectEnd();
  return expression;
}

class ExpressionParser {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  expectEnd(): void {
    if (this.#at < this.#source.length) this.#fail(`unexpected ${this.#peek()}`);
  }

  alternatives(depth: number): Expression {
    if (depth > maxDepth) this.#fail('nested too deeply');
    const parts = [this.#sequence(depth)];
    while (this.#skip('|')) parts.push(this.#sequence(depth));
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'alternatives', parts };
  }

  #sequence(depth: number): Expression {
    const parts: Expression[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#peek())) {
      parts.push(this.#quantified(this.#atom(depth)));
    }
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'sequence', parts };
  }

  #atom(depth: number): Expression {
    const next = this.#next();
    switch (next) {
      case '(': {
        const inner = this.alternatives(depth + 1);
        this.#expect(')');
        return inner;
      }
      case '[':
        return { kind: 'characters', set: this.#class(depth) };
      case '.':
        return { kind: 'characters', set: anyCharacter };
      case '\\':
        return { kind: 'characters', set: this.#escape() };
      case '?':
      case '*':
      case '+':
      case '{':
      case '}':
      case ']':
        return this.#fail(`unexpected ${next}`);
      default:
        return { kind: 'characters', set: single(next) };
    }
  }

  #quantified(repeated: Expression): Expression {
    if (this.#skip('?')) return { kind: 'repeat', repeated, least: 0, most: 1 };
    if (this.#skip('*')) return { kind: 'repeat', repeated, least: 0, most: Infinity };
    if (this.#skip('+')) return { kind: 'repeat', repeated, least: 1, most: Infinity };
    if (!this.#skip('{')) return repeated;
    const least = this.#number();
    let most = least;
    if (this.#skip(',')) most = this.#peek() === '}' ? Infinity : this.#number();
    this.#expect('}');
    if (most < least) this.#fail('a count that ends before it begins');
    return { kind: 'repeat', repeated, least, most };
  }

  /** What is between [ and ]. */
  #class(depth: number): CharacterClass {
    if (depth > maxDepth) this.#fail('nested too deeply');
    const negated = this.#skip('^');
    const ranges: (readonly [number, number])[] = [];
    const sets: RegExp[] = [];
    let except: CharacterClass | undefined;
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      if (!isFirst && this.#source.startsWith('-[', this.#at)) {
        this.#at += 2;
        except = this.#class(depth + 1);
        break;
      }
      const first = this.#member();
      if (typeof first !== 'number') {
        ranges.push(...first.ranges);
        sets.push(...(first.negated ? [negationOf(first)] : first.sets));
        continue;
      }
      let last = first;
      if (this.#peek() === '-' && !'[]'.includes(this.#source[this.#at + 1] ?? ']')) {
        this.#at++;
        const end = this.#member();
        if (typeof end !== 'number' || end < first) return this.#fail('a range that ends before it begins');
        last = end;
      }
      ranges.push([first, last]);
    }
    this.#expect(']');
    return { negated, ranges, sets, except };
  }

  /** One character of a class as its code point, or an escape that means several. */
  #member(): number | CharacterClass {
    const next = this.#next();
    if (next === '[') return this.#fail('[ inside a class');
    if (next !== '\\') return codeOf(next);
    const set = this.#escape();
    const [range] = set.ranges;
    return !set.negated && set.sets.length === 0 && range?.[0] === range?.[1] && range !== undefined
      ? range[0]
      : set;
  }

  /** What follows a backslash. */
  #escape(): CharacterClass {
    const name = this.#next();
    if (name === 'p' || name === 'P') return this.#property(name === 'P');
    const set = escapes.get(name.toLowerCase());
    if (set !== undefined && /[a-z]/i.test(name)) {
      return name === name.toLowerCase() ? set : { ...set, negated: true };
    }
    const control = controls.get(name);
    if (control !== undefined) return single(control);
    if (/[\w\s]/.test(name)) return this.#fail(`unknown escape \\${name}`);
    return single(name);
  }

  #property(negated: boolean): CharacterClass {
    this.#expect('{');
    const end = this.#source.indexOf('}', this.#at);
    const name = this.#source.slice(this.#at, end);
    if (end < 0 || !/^[A-Z][a-z]?$/.test(name)) return this.#fail(`unknown property ${name}`);
    this.#at = end + 1;
    try {
      return { ...characters([], [new RegExp(`\\p{${name}}`, 'u')]), negated };
    } catch {
      return this.#fail(`unknown property ${name}`);
    }
  }

  #number(): number {
    const digits = /^\d+/.exec(this.#source.slice(this.#at, this.#at + 8))?.[0] ?? '';
    this.#at += digits.length;
    const number = Number(digits);
    if (digits === '' || number > maxCount) this.#fail('a count that is no number or too large');
    return number;
  }

  #peek(): string {
    return String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
  }

  #next(): string {
    if (this.#at >= this.#source.length) return this.#fail('it ends too early');
    const next = this.#peek();
    this.#at += next.length;
    return next;
  }

  #skip(character: string): boolean {
    const isThere = this.#source.startsWith(character, this.#at);
    if (isThere) this.#at += character.length;
    return isThere;
  }

  #expect(character: string): void {
    if (!this.#skip(character)) this.#fail(`${character} is missing`);
  }

  #fail(what: string): never {
    throw new ExpressionError(`${this.#source} at ${this.#at}: ${what}`);
  }
}

/** Sets with a letter of their own; the capital letter means all others. */
const escapes: ReadonlyMap<string, CharacterClass> = new Map([
  [
    's',
    characters([
      [0x20, 0x20],
      [0x9, 0xa],
      [0xd, 0xd],
    ]),
  ],
  ['d', characters([], [/\p{Nd}/u])],
  ['w', characters([], [/[^\p{P}\p{Z}\p{C}]/u])],
  ['i', characters([], [/[\p{L}_:]/u])],
  ['c', characters([], [/[\p{L}\p{M}\p{Nd}_:.\u00b7-]/u])],
]);

const controls: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

function single(character: string): CharacterClass {
  const code = codeOf(character);
  return characters([[code, code]]);
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** An escape such as \S inside a class, as a set that can be tested. */
function negationOf(set: CharacterClass): RegExp {
  const sources = [
    ...set.ranges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`),
    ...set.sets.map(({ source }) => source.replace(/^\[(?!\^)|\]$/g, '')),
  ];
  return new RegExp(`[^${sources.join('')}]`, 'u');
}
