import { t } from '../../../base/l10n.ts';
import type { XmlDocument, XmlElement, XmlFault } from '../../document.ts';
import type { Fix } from '../../fix.ts';
import { indentationAt } from '../../indentation.ts';
import { childElements, elementsOf } from '../../queries.ts';
import { removal } from '../removal.ts';
import { fixOf, insertion } from './fixOf.ts';

/** Ends an element where the scanner took it to end. */
export function closeElement(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const element = findElement(document, (candidate) => candidate.nameRange.start === range.start);
  if (element === undefined) return [];
  const { name, startTagRange } = element;
  const content = document.text.slice(startTagRange.end, element.range.end);
  const lacksSlash = element.parent?.name === name && element.attributes.length === 0;
  const asEndTag = lacksSlash ? [fixOf(t('Write </{0}>', name), insertion(range.start, '/'))] : [];
  if (content.trim() === '') {
    const title = t('Write <{0}> as an empty element', name);
    const slash = { range: { start: startTagRange.end - 1, end: startTagRange.end }, newText: '/>' };
    return [...asEndTag, fixOf(title, slash)];
  }
  const end = startTagRange.end + content.trimEnd().length;
  const isCutOff = document.text.slice(end).trim() === '';
  const unclosed = isCutOff ? unclosedAround(element) : [element];
  const endTags = unclosed.map((open) => endTagOf(document, open)).join('');
  const title = isCutOff && unclosed.length > 1 ? t('Close all open elements') : t('Close <{0}>', name);
  return [...asEndTag, fixOf(title, insertion(end, endTags))];
}

/** The element and those around it that have no end tag either, from the inside to the outside. */
function unclosedAround(element: XmlElement): readonly XmlElement[] {
  const unclosed: XmlElement[] = [];
  let open: XmlElement | undefined = element;
  for (; open !== undefined && open.endTagRange === undefined; open = open.parent) unclosed.push(open);
  return unclosed;
}

function endTagOf(document: XmlDocument, element: XmlElement): string {
  const lineBreak = childElements(element).length > 0 ? lineBreakFor(document, element) : '';
  return `${lineBreak}</${element.name}>`;
}

/** Adds the > of a start tag; /> when no end tag was found for it. */
export function closeStartTag(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const element = findElement(document, (candidate) => candidate.range.start === range.start);
  if (element === undefined) return [];
  const tag = document.text.slice(element.startTagRange.start, element.startTagRange.end).trimEnd();
  const split = splitName(document, element);
  if (split !== undefined) return [fixOf(t('Close the tag <{0}', split.name), insertion(split.end, '>'))];
  const isMissingSlash = element.endTagRange === undefined && !tag.endsWith('/');
  const at = element.startTagRange.start + tag.length;
  const fix = fixOf(t('Close the tag <{0}', element.name), insertion(at, isMissingSlash ? '/>' : '>'));
  const isHalfTyped = isMissingSlash && element.attributes.length === 0;
  if (!isHalfTyped) return [fix];
  const removing = fixOf(t('Remove {0}', tag), removal(document.text, { start: range.start, end: at }));
  return [fix, removing].map((either) => ({ ...either, isPreferred: false }));
}

/** `<uuid1234</uuid>`: the name that the text was taken into, as the end tag that follows tells it. */
function splitName(
  { text }: XmlDocument,
  { nameRange }: XmlElement,
): { readonly name: string; readonly end: number } | undefined {
  const name = /^[^<>]*<\/([^\s<>]+)/.exec(text.slice(nameRange.start))?.[1];
  if (name === undefined || !text.startsWith(name, nameRange.start)) return undefined;
  const end = nameRange.start + name.length;
  return end < nameRange.end ? { name, end } : undefined;
}

/** Completes an end tag with the name of the element that it ends and its >. */
export function closeEndTag(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const element = findElement(document, ({ endTagRange }) => endTagRange?.start === range.start);
  if (element === undefined) return [fixOf(t('Remove the end tag'), removal(document.text, range))];
  const title = t('Write </{0}>', element.name);
  const end = document.text[range.end] === '>' ? range.end + 1 : range.end;
  return [fixOf(title, { range: { start: range.start, end }, newText: `</${element.name}>` })];
}

/** Gives an end tag the name of its start tag, or the other way round. */
export function renameToMatch(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const element = findElement(document, ({ endTagRange }) => endTagRange?.start === range.start);
  if (element === undefined) return [];
  const written = document.text.slice(range.start + '</'.length, range.end - '>'.length).trim();
  return [
    fixOf(t('Write </{0}>', element.name), { range, newText: `</${element.name}>` }),
    {
      ...fixOf(t('Rename the element to <{0}>', written), { range: element.nameRange, newText: written }),
      isPreferred: false,
    },
  ];
}

export function removeEndTag(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const tag = document.text.slice(range.start, range.end);
  return [fixOf(t('Remove {0}', tag), removal(document.text, range))];
}

export function openStartTag(_document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  return [fixOf(t('Insert {0}', '<'), { range: { start: range.start, end: range.start }, newText: '<' })];
}

function findElement(
  document: XmlDocument,
  isSought: (element: XmlElement) => boolean,
): XmlElement | undefined {
  for (const element of elementsOf(document)) if (isSought(element)) return element;
  return undefined;
}

/** A new line with the indentation of the element; nothing where the element shares its line with others. */
function lineBreakFor({ text }: XmlDocument, element: XmlElement): string {
  const indentation = indentationAt(text, element.range.start);
  const isOnOneLine = !/[\r\n]/.test(text.slice(element.range.start, element.range.end));
  if (indentation === undefined || isOnOneLine) return '';
  return (/\r\n|\n|\r/.exec(text)?.[0] ?? '\n') + indentation;
}
