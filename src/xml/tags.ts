import type { TextRange, XmlDocument, XmlElement } from './document.ts';
import { placeAt } from './queries.ts';

/** Where the two tags of an element name it. */
export interface TagNames {
  readonly start: TextRange;
  readonly end: TextRange;
}

/** The names in both tags of the element whose name the offset touches, whether they are the same or not. */
export function tagNamesAt(document: XmlDocument, offset: number): TagNames | undefined {
  const place = placeAt(document, offset);
  if (place.part !== 'element-name' && place.part !== 'end-tag') return undefined;
  const names = tagNamesOf(document, place.node);
  if (names === undefined) return undefined;
  const touches = ({ start, end }: TextRange): boolean => start <= offset && offset <= end;
  return touches(names.start) || touches(names.end) ? names : undefined;
}

/** undefined when the element has no end tag. */
function tagNamesOf({ text }: XmlDocument, { nameRange, endTagRange }: XmlElement): TagNames | undefined {
  if (endTagRange === undefined) return undefined;
  const start = endTagRange.start + '</'.length;
  const length = text.slice(start, endTagRange.end).search(/[\s>]|$/);
  return { start: nameRange, end: { start, end: start + length } };
}

/** Whether both tags have the same name, so that one may be changed with the other. */
export function areTwins({ text }: XmlDocument, { start, end }: TagNames): boolean {
  return text.slice(start.start, start.end) === text.slice(end.start, end.end);
}
