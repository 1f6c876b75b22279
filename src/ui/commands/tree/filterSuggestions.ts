import { parseFilter, type Filterable } from '../../explorer/filter.ts';

/** A word that narrows a filter, or completes the one that is being typed. */
export interface Suggestion {
  readonly word: string;
  /** The filter with it. */
  readonly text: string;
  /** How many objects match then. */
  readonly count: number;
}

const most = 12;

/** Words that make the filter show something, but less than it shows now. */
export function suggestWords(text: string, objects: readonly Filterable[]): readonly Suggestion[] {
  const [, before = '', typed = ''] = /^(.*?)(\S*)$/s.exec(text) ?? [];
  const shown = countOf(before, objects);
  return wordsFor(objects)
    .filter((word) => word.startsWith(typed.toLowerCase()) && word !== typed.toLowerCase())
    .map((word) => ({ word, text: `${before}${word} `, count: countOf(`${before}${word}`, objects) }))
    .filter(({ count }) => count > 0 && count < shown)
    .slice(0, most);
}

/** States that there are, flags and hosts. */
function wordsFor(objects: readonly Filterable[]): readonly string[] {
  const hosts = [...new Set(objects.map(({ host }) => host))];
  return [
    ...['state:running', 'state:paused', 'state:shut', 'state:crashed', 'state:inactive'],
    ...['autostart', 'transient'],
    ...(hosts.length > 1 ? hosts.map((host) => `host:${quoted(host.toLowerCase())}`) : []),
  ];
}

function quoted(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value;
}

function countOf(text: string, objects: readonly Filterable[]): number {
  const filter = parseFilter(text);
  return filter ? objects.filter((object) => filter.matches(object)).length : objects.length;
}
