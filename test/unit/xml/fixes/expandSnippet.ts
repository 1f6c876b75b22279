import { applyEdits, type SnippetEdit } from '../../../../src/xml/edits.ts';

/** What stands in the document when the person leaves every tab stop as it is: the first choice, or the default. */
export function expandSnippet(text: string, { range, snippet }: SnippetEdit): string {
  return applyEdits(text, [{ range, newText: plainText(snippet) }]);
}

/** The text of a snippet with the first choices. */
export function plainText(snippet: string): string {
  const part =
    /\\([\\$},|])|\$\{\d+\|((?:\\.|[^\\,|])*)(?:,(?:\\.|[^\\|])*)?\|\}|\$\{\d+:((?:\\.|[^\\}])*)\}|\$(?:\d+|\{\d+\})/g;
  return snippet.replace(
    part,
    (_whole, escaped: string | undefined, choice: string | undefined, filled: string | undefined) =>
      escaped ?? (choice ?? filled ?? '').replace(/\\(.)/g, '$1'),
  );
}
