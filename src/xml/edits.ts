import type { TextRange } from './document.ts';

/** Replaces the text in `range`; an empty range inserts. The edits of one set do not overlap. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** As {@link TextEdit}, but `snippet` is in VS Code's snippet syntax and already indented: keep its whitespace. */
export interface SnippetEdit {
  readonly range: TextRange;
  readonly snippet: string;
}
