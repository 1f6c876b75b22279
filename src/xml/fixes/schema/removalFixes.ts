import { t } from '../../../base/l10n.ts';
import type { Fix } from '../../fix.ts';
import { commentOut, looksLikeComment } from '../comments.ts';
import { fixOf } from '../markup/fixOf.ts';
import { removal, removalInTag } from '../removal.ts';
import type { FaultyPlace } from './faultyPlace.ts';

export function removeElement({ document, element }: FaultyPlace): readonly Fix[] {
  const fix = fixOf(t('Remove <{0}>', element.name), removal(document.text, element.range));
  return [{ ...fix, isPreferred: false }];
}

export function removeDuplicate({ document, element }: FaultyPlace): readonly Fix[] {
  return [fixOf(t('Remove the second <{0}>', element.name), removal(document.text, element.range))];
}

export function removeAttribute({ document, attribute }: FaultyPlace): readonly Fix[] {
  if (attribute === undefined) return [];
  const fix = fixOf(t('Remove {0}', attribute.name), removalInTag(document.text, attribute.range));
  return [{ ...fix, isPreferred: false }];
}

/** Text where none may be: often a comment as other languages have it. */
export function repairStrayText({ document, fault }: FaultyPlace): readonly Fix[] {
  const { text } = document;
  const { range } = fault;
  const written = text.slice(range.start, range.end);
  const isComment = looksLikeComment(written);
  const [, name] = /^([A-Za-z][\w.-]*)(?:\s[^<>]*)?>/.exec(written) ?? [];
  const opening = { range: { start: range.start, end: range.start }, newText: '<' };
  return [
    ...(name === undefined ? [] : [fixOf(t('Write <{0}>', name), opening)]),
    { ...commentOut(text, range), isPreferred: isComment },
    { ...fixOf(t('Remove this text'), removal(text, range)), isPreferred: false },
  ];
}
