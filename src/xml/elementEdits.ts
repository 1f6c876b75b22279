import type { XmlDocument, XmlElement } from './document.ts';
import type { TextEdit } from './edits.ts';
import { removal } from './fixes/removal.ts';

/** Takes an element away; with its lines when nothing else is on them. */
export function removeElement({ text }: XmlDocument, { range }: XmlElement): TextEdit {
  return removal(text, range);
}
