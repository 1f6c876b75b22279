import { t } from '../../../base/l10n.ts';
import type { XmlDocument, XmlFault } from '../../document.ts';
import { quoteAt } from '../../edits.ts';
import type { Fix } from '../../fix.ts';
import { indentationAt } from '../../indentation.ts';
import { isSpace, skipSpace } from '../../scanner/characters.ts';
import { removal, removalInTag } from '../removal.ts';
import { fixOf, insertion } from './fixOf.ts';

export function escapeLessThan(_document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  return [fixOf(t('Write < as &lt;'), { range, newText: '&lt;' })];
}

/** A `<` that begins no tag: it is meant as a character, or one too many. */
export function repairLessThan(document: XmlDocument, fault: XmlFault): readonly Fix[] {
  const { text } = document;
  const { start, end } = fault.range;
  const isAlone = indentationAt(text, start) !== undefined && /^[ \t]*(?:[\r\n<]|$)/.test(text.slice(end));
  const removing = fixOf(t('Remove {0}', '<'), removal(text, fault.range));
  return isAlone ? [removing] : [...escapeLessThan(document, fault), removing];
}

export function removeUnexpected(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const { text } = document;
  const isBetweenSpaces =
    isSpace(text[range.start - 1]) && (isSpace(text[range.end]) || text[range.end] === '>');
  const edit = isBetweenSpaces ? removalInTag(text, range) : { range, newText: '' };
  return [fixOf(t('Remove {0}', text.slice(range.start, range.end)), edit)];
}

export function insertSpace(_document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  return [fixOf(t('Insert a space'), insertion(range.start, ' '))];
}

/** Takes out the attribute that was given before. */
export function declareAttributeOnce(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const { text } = document;
  const name = text.slice(range.start, range.end);
  const end = endOfAssignment(text, range.end);
  return [fixOf(t('Remove the second {0}', name), removalInTag(text, { start: range.start, end }))];
}

export function insertEquals(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const end = skipSpace(document.text, range.end);
  return [fixOf(t('Insert ='), { range: { start: range.end, end }, newText: '=' })];
}

/** An attribute without a value: the person gives it one, or takes it out. */
export function insertValue(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const { text } = document;
  const name = /^[^\s=]*/.exec(text.slice(range.start, range.end))?.[0] ?? '';
  const quote = quoteAt(document, undefined);
  const snippet = `=${quote}$1${quote}`;
  return [
    {
      title: t('Give {0} a value', name),
      isPreferred: true,
      snippet: { range: { start: range.start + name.length, end: range.end }, snippet },
    },
    { ...fixOf(t('Remove {0}', name), removalInTag(text, range)), isPreferred: false },
  ];
}

export function quoteValue(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const { text } = document;
  const start = skipSpace(text, text.indexOf('=', range.start) + 1);
  const value = text.slice(start, range.end);
  const last = value.at(-1);
  if ((last === '"' || last === "'") && value.indexOf(last) === value.length - 1) {
    return [fixOf(t('Open the value with {0}', last), insertion(start, last))];
  }
  const usual = quoteAt(document, undefined);
  const other = usual === '"' ? "'" : '"';
  const quote = value.includes(usual) ? other : usual;
  if (value.includes(quote)) return [];
  return [
    fixOf(t('Put the value in quotes'), { range: { start, end: range.end }, newText: quote + value + quote }),
  ];
}

/** Adds the closing quote where the scanner took the value to end. */
export function closeValue(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const quote = document.text[range.start] ?? '"';
  return [fixOf(t('Close the value with {0}', quote), insertion(range.end, quote))];
}

/** Where the `= 'value'` behind a name ends; the end of the name when there is none. */
function endOfAssignment(text: string, nameEnd: number): number {
  const equals = skipSpace(text, nameEnd);
  if (text[equals] !== '=') return nameEnd;
  const open = skipSpace(text, equals + 1);
  const quote = text[open];
  const close = quote === '"' || quote === "'" ? text.indexOf(quote, open + 1) : -1;
  return close < 0 ? equals + 1 : close + 1;
}
