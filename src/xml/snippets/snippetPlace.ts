import { cursorPlace } from '../completion/cursorPlace.ts';
import type { TextRange, XmlDocument } from '../document.ts';
import type { SnippetScope } from './snippet.ts';

export interface SnippetPlace {
  readonly scopes: readonly SnippetScope[];
  /** What is typed so far, with its `<` when there is one: what the snippet replaces. */
  readonly range: TextRange;
}

/**
 * Which snippets fit at the offset: documents, and devices to be attached, where nothing else is; devices in
 * `<devices>`. undefined where none does: in tags, values and comments too.
 */
export function snippetPlace(document: XmlDocument, offset: number): SnippetPlace | undefined {
  const place = cursorPlace(document, offset);
  if (place.kind !== 'content' || place.form === 'name') return undefined;
  const { parent, typed, range } = place;
  if (parent === undefined) {
    const isAlone = document.children.every((node) => node === typed || node.kind !== 'element');
    return isAlone ? { scopes: ['document', 'device'], range } : undefined;
  }
  return parent.localName === 'devices' ? { scopes: ['device'], range } : undefined;
}
