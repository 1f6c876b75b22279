import type { TextRange } from '../../document.ts';
import type { Fix } from '../../fix.ts';
import { hasTabStops, snippetText } from '../snippetText.ts';

/** A fix that a person completes; plain text where there is nothing to complete. */
export function snippetFix(title: string, range: TextRange, snippet: string, isPreferred: boolean): Fix {
  return hasTabStops(snippet)
    ? { title, isPreferred, snippet: { range, snippet } }
    : { title, isPreferred, edits: [{ range, newText: snippetText(snippet) }] };
}
