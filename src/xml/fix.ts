import type { SnippetEdit, TextEdit } from './edits.ts';

/** Something that can be done to a document about a fault in it; exactly one of `edits` and `snippet` is there. */
export type Fix = {
  /** For a person, in the display language. */
  readonly title: string;
  /** The one to take when only one can be: at most one fix of a fault is preferred. */
  readonly isPreferred: boolean;
} & ({ readonly edits: readonly TextEdit[] } | { readonly snippet: SnippetEdit });
