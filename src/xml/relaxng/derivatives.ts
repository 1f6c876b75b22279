import { copyOf } from './copyOf.ts';
import { takesName } from './nameClass.ts';
import type { Named } from './nameClass.ts';
import type { AttributePattern, ElementPattern, Pattern } from './pattern.ts';
import type { Patterns } from './patterns.ts';
import { attributesIn, firstElements } from './queries.ts';

/** An attribute as derivatives see it: XmlAttribute fits. */
export interface NamedValue extends Named {
  readonly value: string;
}

/** Values of attributes are remembered up to this length and number: while somebody types, most are the same again. */
const maxRememberedValue = 64;
const maxRememberedAttributes = 20_000;

/** What is left of a pattern after a piece of a document: the derivatives of J. Clark, remembered where it pays. */
export class Derivatives {
  readonly #patterns: Patterns;
  readonly #afterAttribute = new Map<Pattern, Map<string, Pattern>>();
  #attributeCount = 0;
  readonly #afterElement = new Map<Pattern, Map<string, Pattern>>();
  readonly #closed = new Map<Pattern, Pattern>();
  readonly #dropped = new Map<Pattern, Pattern>();

  constructor(patterns: Patterns) {
    this.#patterns = patterns;
  }

  /** Forgets everything; nothing else changes. */
  clear(): void {
    this.#afterElement.clear();
    this.#forgetAttributes();
    this.#closed.clear();
    this.#dropped.clear();
  }

  /** What is left after this attribute with this value; notAllowed when it does not fit. */
  attribute(pattern: Pattern, attribute: NamedValue): Pattern {
    const { namespace, localName, value } = attribute;
    const isTaken = (found: AttributePattern): boolean =>
      takesName(found.name, attribute) && this.takesValue(found.value, value);
    if (value.length > maxRememberedValue) return this.#takeAttribute(pattern, isTaken);
    const key = `${namespace} ${localName}=${value}`;
    let known = this.#afterAttribute.get(pattern);
    if (known === undefined) this.#afterAttribute.set(pattern, (known = new Map<string, Pattern>()));
    let left = known.get(key);
    if (left === undefined) {
      left = this.#takeAttribute(pattern, isTaken);
      if (this.#attributeCount++ > maxRememberedAttributes) this.#forgetAttributes();
      known.set(copyOf(key), left);
    }
    return left;
  }

  #forgetAttributes(): void {
    this.#afterAttribute.clear();
    this.#attributeCount = 0;
  }

  /** As `attribute`, whatever the value. */
  attributeNamed(pattern: Pattern, name: Named): Pattern {
    return this.#takeAttribute(pattern, (found) => takesName(found.name, name));
  }

  /** What is left when no attribute follows: notAllowed when a required one has not come. */
  endAttributes(pattern: Pattern): Pattern {
    return this.#replaceAttributes(pattern, this.#patterns.notAllowed, this.#closed);
  }

  /** What is left when attributes are not asked about any more, required or not. */
  dropAttributes(pattern: Pattern): Pattern {
    return this.#replaceAttributes(pattern, this.#patterns.empty, this.#dropped);
  }

  /** What is left after a child that is one of these elements; notAllowed when none may come now. */
  element(pattern: Pattern, accepted: readonly ElementPattern[]): Pattern {
    const key = accepted.map(({ id }) => id).join();
    return this.#takeElement(pattern, accepted, key);
  }

  /** What is left after this text. */
  text(pattern: Pattern, text: string): Pattern {
    const { notAllowed, empty } = this.#patterns;
    switch (pattern.kind) {
      case 'text':
        return pattern;
      case 'value':
        return (pattern.exact ? text : collapse(text)) === pattern.value ? empty : notAllowed;
      case 'data':
        return pattern.datatype.takes(text) ? empty : notAllowed;
      case 'list':
        return this.#takesWords(pattern.items, text) ? empty : notAllowed;
      case 'choice':
      case 'interleave':
      case 'group':
      case 'oneOrMore':
        return this.#step(pattern, (member) => this.text(member, text));
      default:
        return notAllowed;
    }
  }

  /** Whether the text is all that the pattern wants: for the value of an attribute, and for an element without elements. */
  takesValue(pattern: Pattern, text: string): boolean {
    return (pattern.nullable && isBlank(text)) || this.text(pattern, text).nullable;
  }

  #takesWords(items: Pattern, text: string): boolean {
    let left = items;
    for (const word of collapse(text).split(' ')) {
      if (word !== '') left = this.text(left, word);
    }
    return left.nullable;
  }

  #takeElement(pattern: Pattern, accepted: readonly ElementPattern[], key: string): Pattern {
    const { notAllowed, empty } = this.#patterns;
    if (pattern.kind === 'element') return accepted.includes(pattern) ? empty : notAllowed;
    if (!isContainer(pattern)) return notAllowed;
    let known = this.#afterElement.get(pattern);
    if (known === undefined) this.#afterElement.set(pattern, (known = new Map<string, Pattern>()));
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const first = firstElements(pattern);
    const left = accepted.some((element) => first.includes(element))
      ? this.#step(pattern, (member) => this.#takeElement(member, accepted, key))
      : notAllowed;
    known.set(key, left);
    return left;
  }

  #takeAttribute(pattern: Pattern, isTaken: (found: AttributePattern) => boolean): Pattern {
    const { notAllowed, empty } = this.#patterns;
    if (!pattern.hasAttributes) return notAllowed;
    if (pattern.kind === 'attribute') return isTaken(pattern) ? empty : notAllowed;
    if (!isContainer(pattern) || !attributesIn(pattern).some(isTaken)) return notAllowed;
    if (pattern.kind !== 'group') {
      return this.#step(pattern, (member) => this.#takeAttribute(member, isTaken));
    }
    const { members } = pattern;
    return this.#patterns.choice(
      members.map((member, at) => this.#replaced(members, at, this.#takeAttribute(member, isTaken))),
    );
  }

  /** The pattern after a step into one of its members, in the order that elements and text keep to. */
  #step(pattern: Pattern, take: (member: Pattern) => Pattern): Pattern {
    const patterns = this.#patterns;
    switch (pattern.kind) {
      case 'choice':
        return patterns.choice(pattern.members.map(take));
      case 'interleave':
        return patterns.choice(
          pattern.members.map((member, at) => {
            const left = take(member);
            return left.kind === 'notAllowed' ? left : patterns.interleave(pattern.members.with(at, left));
          }),
        );
      case 'group': {
        const ways: Pattern[] = [];
        for (const [at, member] of pattern.members.entries()) {
          ways.push(patterns.group([take(member), ...pattern.members.slice(at + 1)]));
          if (!member.nullable) break;
        }
        return patterns.choice(ways);
      }
      case 'oneOrMore':
        return patterns.group([take(pattern.repeated), patterns.optional(pattern)]);
      default:
        return patterns.notAllowed;
    }
  }

  #replaced(members: readonly Pattern[], at: number, left: Pattern): Pattern {
    return left.kind === 'notAllowed' ? left : this.#patterns.group(members.with(at, left));
  }

  #replaceAttributes(pattern: Pattern, replacement: Pattern, memory: Map<Pattern, Pattern>): Pattern {
    if (!pattern.hasAttributes) return pattern;
    const known = memory.get(pattern);
    if (known !== undefined) return known;
    const replaced = this.#withAttributes(pattern, replacement, (member) =>
      this.#replaceAttributes(member, replacement, memory),
    );
    memory.set(pattern, replaced);
    return replaced;
  }

  #withAttributes(pattern: Pattern, replacement: Pattern, replace: (member: Pattern) => Pattern): Pattern {
    switch (pattern.kind) {
      case 'attribute':
        return replacement;
      case 'choice':
      case 'interleave':
      case 'group':
        return this.#patterns[pattern.kind](pattern.members.map(replace));
      case 'oneOrMore':
        return this.#patterns.oneOrMore(replace(pattern.repeated));
      default:
        return pattern;
    }
  }
}

function isContainer(pattern: Pattern): boolean {
  return 'members' in pattern || pattern.kind === 'oneOrMore';
}

const whiteSpace = /[ \t\r\n]+/g;

/** Without white space around it, and with one space where there was some: as XML Schema compares most texts. */
export function collapse(text: string): string {
  return text.replace(whiteSpace, ' ').replace(/^ | $/g, '');
}

export function isBlank(text: string): boolean {
  return !/[^ \t\r\n]/.test(text);
}
