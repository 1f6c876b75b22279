import { t } from '../../../base/l10n.ts';
import { libvirtNamespaces } from '../../prefixes.ts';
import type { TextRange, XmlDocument, XmlFault, XmlNode } from '../../document.ts';
import type { Fix } from '../../fix.ts';
import { removal } from '../removal.ts';
import { commentOut, looksLikeComment } from '../comments.ts';
import { fixOf, insertion } from './fixOf.ts';

export function commentOutText(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const { text } = document;
  const isComment = looksLikeComment(text.slice(range.start, range.end));
  return [
    { ...commentOut(text, range), isPreferred: isComment },
    { ...fixOf(t('Remove this text'), removal(text, range)), isPreferred: false },
  ];
}

export function escapeAmpersand(_document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const { start } = range;
  return [fixOf(t('Write & as &amp;'), { range: { start, end: start + 1 }, newText: '&amp;' })];
}

export function escapeCdataEnd(_document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  return [fixOf(t('Write ]]> as ]]&gt;'), { range, newText: ']]&gt;' })];
}

export function removeFaulty(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  return [fixOf(t('Remove it'), removal(document.text, range))];
}

export function closeComment(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const end = endOfNodeAt(document.children, range.start);
  if (end === undefined) return [];
  const at = document.text.slice(0, end).trimEnd().length;
  return [fixOf(t('Close the comment'), insertion(at, ' -->'))];
}

export function closeCdata(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const end = endOfNodeAt(document.children, range.start);
  return end === undefined ? [] : [fixOf(t('Close the CDATA section'), insertion(end, ']]>'))];
}

export function closeInstruction(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const end = endOfNodeAt(document.children, range.start);
  return end === undefined ? [] : [fixOf(t('Close the processing instruction'), insertion(end, '?>'))];
}

export function repairDeclaration(_document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const newText = '<?xml version="1.0" encoding="UTF-8"?>';
  return [fixOf(t('Write {0}', newText), { range, newText })];
}

/** Puts a space between the hyphens of a comment that has two in a row or ends with one. */
export function spaceHyphens(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const end = endOfNodeAt(document.children, range.start);
  if (end === undefined) return [];
  const body: TextRange = { start: document.text.lastIndexOf('<!--', range.start) + 4, end: end - 3 };
  const newText = document.text
    .slice(body.start, body.end)
    .replace(/-(?=-)/g, '- ')
    .replace(/-$/, '- ');
  return [fixOf(t('Put spaces between the hyphens'), { range: body, newText })];
}

/** Declares one of libvirt's own prefixes at the root. */
export function declarePrefix(document: XmlDocument, { range }: XmlFault): readonly Fix[] {
  const prefix = /^[^:]*/.exec(document.text.slice(range.start, range.end))?.[0] ?? '';
  const namespace = libvirtNamespaces.get(prefix);
  if (namespace === undefined || document.root === undefined) return [];
  const declaration = ` xmlns:${prefix}='${namespace}'`;
  return [fixOf(t('Declare the prefix {0}', prefix), insertion(document.root.nameRange.end, declaration))];
}

/** Where the innermost node around the offset, or that starts there, ends. */
function endOfNodeAt(nodes: readonly XmlNode[], offset: number): number | undefined {
  const node = nodes.find(({ range }) => range.start <= offset && offset < range.end);
  if (node === undefined) return undefined;
  return (node.kind === 'element' ? endOfNodeAt(node.children, offset) : undefined) ?? node.range.end;
}
