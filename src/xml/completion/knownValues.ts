/** A value that exists, as the world around a document knows it. */
export interface KnownValue {
  readonly value: string;
  /** What the value is, for a person, in the display language. */
  readonly detail: string;
  /** `last` for one that the schema has but the host has not. */
  readonly rank?: 'first' | 'last';
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
  readonly element: ElementView;
  /** undefined for the element's text. */
  readonly attribute: string | undefined;
  /** The root of the document; undefined while it has none. */
  readonly root: ElementView | undefined;
}

/** What is known at a place, the likeliest first. Nothing may be concluded from what is not there. */
export type ValueSource = (place: ValuePlace) => readonly KnownValue[];
