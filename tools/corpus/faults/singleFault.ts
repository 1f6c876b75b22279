import type { TextRange } from '../../../src/xml/document.ts';

/** A document in which one thing was made wrong. */
export interface SingleFault {
  /** What was done, as `attribute typo`. */
  readonly kind: string;
  /** The markup itself is broken, not only what the schema says. */
  readonly isMalformed: boolean;
  readonly text: string;
  /**
   * The tokens at which the fault can be told, the clearest first: the misspelt name or value; the name of the element that
   * lacks something; of an element or text that is where it may not be, its name or itself; of broken markup the tag,
   * attribute or reference that is broken, and of an end tag that is missing also the place where it was.
   */
  readonly places: readonly TextRange[];
  /** What a message must name to be of help; undefined when there is no one answer. */
  readonly answer?: string | undefined;
}
