import type { TextRange } from '../document.ts';

export type SchemaFaultKind =
  /** A name that the parent never takes. */
  | 'unknown-element'
  /** A name of libvirt's that does not belong here: in another element, in another order, or with other attributes. */
  | 'misplaced-element'
  | 'duplicate-element'
  | 'missing-element'
  | 'unknown-attribute'
  /** An attribute that does not go with the others of its element. */
  | 'misplaced-attribute'
  | 'missing-attribute'
  /** Of an attribute, or the text of an element. */
  | 'wrong-value'
  /** An element without the text that it must hold. */
  | 'missing-text'
  | 'stray-text';

/**
 * One place where a document is not as its schema says. Holds offsets, no nodes: faults of what did not change are kept
 * from one version of a document to the next.
 */
export interface SchemaFault {
  readonly kind: SchemaFaultKind;
  /** The exact token: a name, a value without its quotes, a text without the white space around it. */
  readonly range: TextRange;
  /** What is wrong, what was expected and what it may have been meant to be, for a person. */
  readonly message: string;
  /** Where the `<` is of the element that the fault is about: the faulty one, or the one that lacks or holds something. */
  readonly elementStart: number;
  /** Names or values that fit here, the likeliest first. */
  readonly expected: readonly string[];
  /** The nearest of `expected`, when what is written looks like it. */
  readonly suggestion?: string | undefined;
  /** Where a misplaced element belongs, from the root: `['domain', 'devices', 'disk']`. */
  readonly belongsIn?: readonly string[] | undefined;
}
