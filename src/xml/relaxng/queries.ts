import type { Named } from './nameClass.ts';
import type { AttributePattern, DataPattern, ElementPattern, Pattern, TextPattern } from './pattern.ts';

/** Attribute patterns anywhere in the pattern (not in elements in it). */
export declare function attributesIn(pattern: Pattern): readonly AttributePattern[];

/** Element patterns anywhere in the pattern (not in elements in it), whether they may come next or later. */
export declare function elementsIn(pattern: Pattern): readonly ElementPattern[];

/** Element patterns that may come next. */
export declare function firstElements(pattern: Pattern): readonly ElementPattern[];

/** Those of the patterns that take the name. */
export declare function named<P extends ElementPattern | AttributePattern>(
  patterns: readonly P[],
  name: Named,
): readonly P[];

/** Local names that the patterns spell out, each once, in the order of the schema. */
export declare function localNames(
  patterns: readonly (ElementPattern | AttributePattern)[],
): readonly string[];

/** Names of the attributes without which the pattern is not satisfied, whatever is chosen. */
export declare function requiredAttributes(pattern: Pattern): readonly string[];

/** Names of the elements without which the pattern is not satisfied, whatever is chosen. */
export declare function requiredElements(pattern: Pattern): readonly string[];

/** Texts that a value or a content may be, in the order of the schema, each once. */
export declare function valuesIn(pattern: Pattern): readonly string[];

/** What else than fixed texts a value or a content may be. */
export declare function datatypesIn(pattern: Pattern): readonly (DataPattern | TextPattern)[];

/** Whether text other than white space may come. */
export declare function takesText(pattern: Pattern): boolean;
