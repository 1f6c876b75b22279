import type { TextRange } from '../../../src/xml/document.ts';

export interface ExpandedSnippet {
  readonly text: string;
  /** Where tab stops are that hold nothing yet, as offsets into the text. */
  readonly emptyStops: readonly number[];
}

const token = /\\([\\$}])|\$\{\d+:((?:\\.|[^\\}])*)\}|\$\{\d+\|((?:\\.|[^\\|])*)\|\}|\$\d+/gs;

/** What VS Code inserts for a snippet before anything is typed: the first choice, the default. */
export function expandSnippet(snippet: string): ExpandedSnippet {
  const emptyStops: number[] = [];
  let text = '';
  let copied = 0;
  for (const match of snippet.matchAll(token)) {
    const [whole, escaped, preset, choices] = match;
    text += snippet.slice(copied, match.index);
    copied = match.index + whole.length;
    const [first = ''] = (choices ?? '').split(/(?<!\\),/);
    const written = escaped ?? (preset ?? first).replace(/\\(.)/gs, '$1');
    if (written === '') emptyStops.push(text.length);
    text += written;
  }
  return { text: text + snippet.slice(copied), emptyStops };
}

/** Whether a fault is about a tab stop that a person has yet to fill. */
export function touchesStop({ start, end }: TextRange, stops: readonly number[]): boolean {
  return stops.some((stop) => start <= stop && stop <= end);
}
