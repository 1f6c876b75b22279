import { t } from './l10n.ts';

/** One text of several sentences, joined as the language does: English with a space, Chinese with nothing. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .filter((part) => part !== '')
    .reduce((text, part) => (text === '' ? part : t('{0} {1}', text, part)), '');
}
