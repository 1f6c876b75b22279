import type { TextRange, XmlAttribute, XmlElement } from '../../document.ts';
import type { ElementPattern, Pattern } from '../pattern.ts';

/** An element as it is examined: what the schema made of it and of its attributes. */
export interface Frame {
  readonly element: XmlElement;
  /** The elements around it; undefined at the top. */
  readonly parent: Frame | undefined;
  /** What it may hold, its attributes included. */
  readonly content: Pattern;
  /** What is left of that when its attributes are taken: attributes that could be added, and the children. */
  readonly afterAttributes: Pattern;
  /** What its children must fit. */
  readonly body: Pattern;
}

/** One place where a document is not as its schema says, not yet in words. */
export type Finding = { readonly frame: Frame } & (
  | {
      readonly kind: 'wrong-value';
      readonly attribute: XmlAttribute;
      readonly allowed: Pattern;
      /** Values that make more of the rest right than others, when that is how the fault was found. */
      readonly fitting?: readonly string[];
    }
  | { readonly kind: 'misplaced-attribute'; readonly attribute: XmlAttribute }
  | {
      readonly kind: 'unknown-attribute';
      readonly attribute: XmlAttribute;
      /** The attribute that it is taken for. */
      readonly meant: string | undefined;
      /** Required attributes that are missing beside it. */
      readonly missing: readonly string[];
    }
  | {
      readonly kind: 'missing-attribute';
      /** All of them are needed, or with `anyOf` one of them. */
      readonly names: readonly string[];
      readonly anyOf: boolean;
      readonly fitting?: readonly string[];
    }
  | {
      readonly kind: 'wrong-text';
      readonly range: TextRange;
      readonly text: string;
      readonly allowed: Pattern;
    }
  | { readonly kind: 'missing-text'; readonly allowed: Pattern }
  | { readonly kind: 'stray-text'; readonly range: TextRange; readonly text: string }
  | {
      readonly kind: 'unknown-element';
      readonly child: XmlElement;
      readonly meant: string | undefined;
      /** What may come at its place. */
      readonly before: Pattern;
      readonly missing: readonly string[];
    }
  | { readonly kind: 'duplicate-element'; readonly child: XmlElement; readonly first: XmlElement }
  | {
      readonly kind: 'misplaced-element';
      readonly child: XmlElement;
      readonly before: Pattern;
      /** The element before it without which it could come. */
      readonly blocker: XmlElement | undefined;
      /** Whether it could come in front of that one. */
      readonly fitsBefore: boolean;
      /** An element of the name may come here, but this one is none of those. */
      readonly isStranger: boolean;
    }
  | {
      readonly kind: 'missing-element';
      readonly names: readonly string[];
      readonly anyOf: boolean;
      /** What must still come at the end. */
      readonly left: Pattern;
    }
  | {
      /** Further faults of one element, which are not told one by one. */
      readonly kind: 'further-faults';
      readonly count: number;
      /** The first of them. */
      readonly first: { readonly attribute: XmlAttribute } | { readonly child: XmlElement };
    }
  | { readonly kind: 'wrong-root'; readonly expected: readonly ElementPattern[] }
);

/** Faults of one kind that are told one by one in one element; a file with more of them is made by a machine. */
export const maxTold = 100;

/** How many faults the findings stand for. */
export function faultCount(findings: readonly Finding[]): number {
  return findings.reduce((sum, finding) => sum + (finding.kind === 'further-faults' ? finding.count : 1), 0);
}

/** What the schema makes of one element. */
export interface Examination {
  readonly findings: readonly Finding[];
  /** The elements of the schema that it fits; when it has faults, those that it may have been meant to be. */
  readonly accepted: readonly ElementPattern[];
}
