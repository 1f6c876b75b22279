const parts =
  /\\([\\$},|])|\$\{\d+\|((?:\\.|[^\\,|])*)(?:,(?:\\.|[^\\|])*)?\|\}|\$\{\d+:((?:\\.|[^\\}])*)\}|\$(?:\d+|\{\d+\})/g;

/** The text that a snippet leaves when nobody fills it in: first choices and defaults. */
export function snippetText(snippet: string): string {
  return snippet.replace(
    parts,
    (_whole, escaped: string | undefined, choice: string | undefined, filled: string | undefined) =>
      escaped ?? (choice ?? filled ?? '').replace(/\\(.)/g, '$1'),
  );
}

/** Whether there is something in the snippet for a person to fill in or to choose. */
export function hasTabStops(snippet: string): boolean {
  return /(?<!\\)(?:\\\\)*\$(?:\d|\{\d)/.test(snippet);
}
