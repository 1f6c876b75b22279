import { broken } from '../schemaError.ts';
import type { Markup } from './markup.ts';

const relaxNg = 'http://relaxng.org/ns/structure/1.0';

/** What elements of a schema inherit from those around them. */
export interface SchemaContext {
  /** Namespaces by their prefixes. */
  readonly prefixes: ReadonlyMap<string, string>;
  /** The namespace of the names of elements. */
  readonly ns: string;
  readonly datatypeLibrary: string;
}

export const outermost: SchemaContext = { prefixes: new Map([['', '']]), ns: '', datatypeLibrary: '' };

/** What holds inside the element. */
export function contextIn(outer: SchemaContext, { attributes, setsContext }: Markup): SchemaContext {
  if (!setsContext) return outer;
  let context = outer;
  for (const [name, value] of attributes) {
    if (name === 'ns') context = { ...context, ns: value };
    else if (name === 'datatypeLibrary') context = { ...context, datatypeLibrary: value };
    else if (name === 'xmlns' || name.startsWith('xmlns:')) {
      context = {
        ...context,
        prefixes: new Map([...context.prefixes, [name.slice('xmlns:'.length), value]]),
      };
    }
  }
  return context;
}

/** The name of an element of RELAX NG, without its prefix; undefined for those of others, which are notes. */
export function schemaName({ name }: Markup, { prefixes }: SchemaContext): string | undefined {
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  return prefixes.get(prefix) === relaxNg ? name.slice(colon + 1) : undefined;
}

/** The value of an attribute that the element must have. */
export function required(fileName: string, markup: Markup, name: string): string {
  const value = markup.attributes.get(name)?.trim();
  if (value === undefined) throw broken(fileName, markup.name, `${name} is missing`);
  return value;
}
