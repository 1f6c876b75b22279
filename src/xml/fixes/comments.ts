import { t } from '../../base/l10n.ts';
import type { TextRange } from '../document.ts';
import type { Fix } from '../fix.ts';

/** How people write comments that XML does not know. */
export function looksLikeComment(text: string): boolean {
  return /^(?:#|\/\/|;|--)/.test(text);
}

/** Makes a comment of text; what marks a comment elsewhere is left out. */
export function commentOut(text: string, range: TextRange): Fix {
  const content = text
    .slice(range.start, range.end)
    .replace(/^[ \t]*(?:#+|\/\/+|;+|--+)[ \t]*/gm, '')
    .replace(/-(?=-)/g, '- ')
    .replace(/-$/, '- ');
  return {
    title: t('Make it a comment'),
    isPreferred: false,
    edits: [{ range, newText: `<!-- ${content} -->` }],
  };
}
