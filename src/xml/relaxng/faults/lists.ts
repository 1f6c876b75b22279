import { t } from '../../../base/l10n.ts';

const maxListed = 12;

/** `a, b, c`, cut short when they are many. */
export function listed(items: readonly string[]): string {
  const shown = items.slice(0, maxListed).join(', ');
  return items.length > maxListed ? t('{0}, … ({1} in all)', shown, items.length) : shown;
}

/** `<a>, <b>`. */
export function listedTags(names: readonly string[]): string {
  return listed(names.map((name) => `<${name}>`));
}

/** A text of the document, short enough for a message. */
export function shortened(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** The first in front of the others. */
export function withFirst(items: readonly string[], first: string | undefined): readonly string[] {
  return first === undefined ? items : [first, ...items.filter((item) => item !== first)];
}
