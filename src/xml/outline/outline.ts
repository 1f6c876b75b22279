import type { XmlDocument, XmlElement } from '../document.ts';
import { childElements } from '../queries.ts';
import { describe } from './describe.ts';
import { lineOf } from './description.ts';
import type { OutlineEntry, OutlineKind } from './outlineEntry.ts';

const maxLength = 80;

/** The elements of the document, each in words that tell what it is. Passwords are left out. */
export function outlineOf({ children }: XmlDocument): OutlineEntry[] {
  return children.flatMap((node) => (node.kind === 'element' ? [entryOf(node)] : []));
}

function entryOf(element: XmlElement): OutlineEntry {
  const { id, detail = '' } = describe(element);
  return {
    name: shortened(id === undefined ? element.name : `${element.name} ${id}`),
    detail: shortened(detail),
    kind: kindOf(element),
    range: element.range,
    selectionRange: element.nameRange,
    children: childElements(element).map(entryOf),
  };
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}

const kinds: ReadonlyMap<string, OutlineKind> = new Map([
  ['disk', 'File'],
  ['filesystem', 'File'],
  ['interface', 'Interface'],
  ['auth', 'Key'],
  ['secret', 'Key'],
]);

function kindOf(element: XmlElement): OutlineKind {
  const { parent, localName, attributes } = element;
  if (parent === undefined) return 'Module';
  const known = kinds.get(localName);
  if (known !== undefined) return known;
  if (parent.localName === 'devices') return 'Class';
  if (childElements(element).length > 0) return attributes.length > 0 ? 'Object' : 'Namespace';
  const text = lineOf(element);
  if (text !== undefined) return /^\d+$/.test(text) ? 'Number' : 'Property';
  return attributes.length > 0 ? 'Field' : 'Boolean';
}
