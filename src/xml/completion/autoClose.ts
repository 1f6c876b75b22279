import type { XmlDocument } from '../document.ts';
import { elementsOf } from '../queries.ts';
import { cursorPlace } from './cursorPlace.ts';

/**
 * What closes a tag right after its `>` or `</` was typed at the end of the offset: `</disk>` or `disk>`. undefined when
 * the element is closed already, or there is none.
 */
export function closingFor(document: XmlDocument, offset: number): string | undefined {
  const { text } = document;
  if (text.endsWith('>', offset) && !text.endsWith('/>', offset)) {
    for (const element of elementsOf(document)) {
      if (element.range.start >= offset) return undefined;
      if (element.startTagRange.end === offset) {
        return element.endTagRange === undefined ? `</${element.name}>` : undefined;
      }
    }
    return undefined;
  }
  if (!text.endsWith('</', offset) || /^[^\s<]/.test(text.slice(offset, offset + 1))) return undefined;
  const place = cursorPlace(document, offset);
  if (place.kind !== 'end-tag') return undefined;
  const { endTagRange, name } = place.element;
  const isOpen = endTagRange === undefined || endTagRange.start === offset - '</'.length;
  return isOpen ? `${name}>` : undefined;
}
