import type { Named } from './nameClass.ts';
import type { ElementPattern, Pattern } from './pattern.ts';
import type { Patterns } from './patterns.ts';

/** An attribute as derivatives see it: XmlAttribute fits. */
export interface NamedValue extends Named {
  readonly value: string;
}

/** What is left of a pattern after a piece of a document: the derivatives of J. Clark, remembered where it pays. */
export declare class Derivatives {
  constructor(patterns: Patterns);
  /** What is left after this attribute with this value; notAllowed when it does not fit. */
  attribute(pattern: Pattern, attribute: NamedValue): Pattern;
  /** As `attribute`, whatever the value. */
  attributeNamed(pattern: Pattern, name: Named): Pattern;
  /** What is left when no attribute follows: notAllowed when a required one has not come. */
  endAttributes(pattern: Pattern): Pattern;
  /** What is left when attributes are not asked about any more, required or not. */
  dropAttributes(pattern: Pattern): Pattern;
  /** What is left after a child that is one of these elements; notAllowed when none may come now. */
  element(pattern: Pattern, accepted: readonly ElementPattern[]): Pattern;
  /** What is left after this text. */
  text(pattern: Pattern, text: string): Pattern;
  /** Whether the text is all that the pattern wants: for the value of an attribute. */
  takesValue(pattern: Pattern, text: string): boolean;
}
