import type { NamespaceScope } from '../document.ts';
import type { RawAttribute } from './startTag.ts';

/** What is in scope before anything is declared. */
export const initialScope: NamespaceScope = new Map([
  ['', ''],
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
  ['xmlns', 'http://www.w3.org/2000/xmlns/'],
]);

export interface SplitName {
  readonly prefix: string;
  readonly localName: string;
}

export function splitName(name: string): SplitName {
  const colon = name.indexOf(':');
  return colon < 0
    ? { prefix: '', localName: name }
    : { prefix: name.slice(0, colon), localName: name.slice(colon + 1) };
}

function isDeclaration({ name }: RawAttribute): boolean {
  return name.startsWith('xmlns') && (name.length === 'xmlns'.length || name['xmlns'.length] === ':');
}

/** The scope inside a tag with these attributes: the outer one itself when they declare nothing. */
export function innerScope(outer: NamespaceScope, attributes: readonly RawAttribute[]): NamespaceScope {
  if (!attributes.some(isDeclaration)) return outer;
  const declarations = attributes.filter(isDeclaration);
  return new Map([
    ...outer,
    ...declarations.map(({ name, value }) => [name.slice('xmlns:'.length), value] as const),
  ]);
}
