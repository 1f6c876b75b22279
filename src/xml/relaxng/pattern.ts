import type { Datatype } from './datatypes/datatype.ts';
import type { NameClass } from './nameClass.ts';

interface Common {
  /** Equal patterns of one schema are one object, with one id. */
  readonly id: number;
  /** Whether nothing at all fits the pattern. */
  readonly nullable: boolean;
  /** Whether attributes are in it (those of elements in it do not count). */
  readonly hasAttributes: boolean;
}

/** What nothing fits. */
export interface NotAllowedPattern extends Common {
  readonly kind: 'notAllowed';
}

export interface EmptyPattern extends Common {
  readonly kind: 'empty';
}

/** Any text, also none. */
export interface TextPattern extends Common {
  readonly kind: 'text';
}

/** One of the members; `interleave`: all of them in any order; `group`: one after the other. */
export interface CompositePattern extends Common {
  readonly kind: 'choice' | 'interleave' | 'group';
  readonly members: readonly Pattern[];
}

export interface OneOrMorePattern extends Common {
  readonly kind: 'oneOrMore';
  readonly repeated: Pattern;
}

/** One text; white space around it does not count, unless `exact`. */
export interface ValuePattern extends Common {
  readonly kind: 'value';
  readonly value: string;
  readonly exact: boolean;
}

/** Text of a datatype. */
export interface DataPattern extends Common {
  readonly kind: 'data';
  readonly datatype: Datatype;
  /** The definitions of the schema that lead to the datatype, the outer one first: `pciBus`, `uint8`. */
  readonly definitions: readonly string[];
}

/** Words with white space between them, each a value or data. */
export interface ListPattern extends Common {
  readonly kind: 'list';
  readonly items: Pattern;
}

export interface AttributePattern extends Common {
  readonly kind: 'attribute';
  readonly name: NameClass;
  readonly value: Pattern;
}

export interface ElementPattern extends Common {
  readonly kind: 'element';
  readonly name: NameClass;
  /** Attributes and content; built when it is asked for first, because elements hold each other. */
  readonly content: () => Pattern;
}

/** A RELAX NG pattern in simplified form: what may stand in one place of a document. */
export type Pattern =
  | NotAllowedPattern
  | EmptyPattern
  | TextPattern
  | CompositePattern
  | OneOrMorePattern
  | ValuePattern
  | DataPattern
  | ListPattern
  | AttributePattern
  | ElementPattern;
