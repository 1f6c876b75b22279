import type { XmlDocument } from '../document.ts';

/** A value that exists, as the world around a document knows it. */
export interface KnownValue {
  readonly value: string;
  /** What the value is, for a person, in the display language. */
  readonly detail: string;
  /** It is there, but better not taken: it comes behind everything else. */
  readonly isLast?: boolean;
}

export interface KnownValues {
  /** The likeliest first. */
  readonly values: readonly KnownValue[];
  /** What to say of all other values that the schema has, which then come last; undefined when they are as good. */
  readonly others?: string | undefined;
}

/** An element of the document, or one that is about to be inserted, as a source of values sees it. */
export interface ElementView {
  readonly name: string;
  readonly parent: ElementView | undefined;
  attribute(name: string): string | undefined;
  /** The text directly in it, without white space around it. */
  text(): string;
  children(name: string): readonly ElementView[];
}

/** Where a value is wanted: an attribute of the element, or its text. */
export interface ValuePlace {
  readonly document: XmlDocument;
  readonly element: ElementView;
  /** undefined for the element's text. */
  readonly attribute: string | undefined;
}

/** What is known at a place; undefined when nothing is. */
export type ValueSource = (place: ValuePlace) => KnownValues | undefined;
