import type { NameClass } from '../nameClass.ts';
import { unsupported } from '../schemaError.ts';
import { contextIn, schemaName } from './context.ts';
import type { SchemaContext } from './context.ts';
import type { Markup } from './markup.ts';

/** A name class written as an element: `<name>`, `<anyName>`, `<nsName>`, `<choice>` of these. */
export function readName(fileName: string, markup: Markup, outer: SchemaContext): NameClass {
  const context = contextIn(outer, markup);
  const read = (child: Markup): NameClass => readName(fileName, child, context);
  switch (schemaName(markup, context)) {
    case 'name':
      return resolveName(context, markup.text, context.ns);
    case 'anyName':
      return { kind: 'any', except: exceptions(fileName, markup, context) };
    case 'nsName':
      return { kind: 'namespace', namespace: context.ns, except: exceptions(fileName, markup, context) };
    case 'choice':
      return { kind: 'choice', options: markup.children.map(read) };
    default:
      throw unsupported(fileName, `<${markup.name}>`);
  }
}

/** A name as written: with a prefix, or in the namespace. */
export function resolveName({ prefixes }: SchemaContext, written: string, namespace: string): NameClass {
  const name = written.trim();
  const colon = name.indexOf(':');
  return colon < 0
    ? { kind: 'name', namespace, localName: name }
    : {
        kind: 'name',
        namespace: prefixes.get(name.slice(0, colon)) ?? '',
        localName: name.slice(colon + 1),
      };
}

function exceptions(fileName: string, markup: Markup, context: SchemaContext): readonly NameClass[] {
  return markup.children.flatMap((child) => {
    if (schemaName(child, context) !== 'except')
      throw unsupported(fileName, `<${markup.name}><${child.name}>`);
    return child.children.map((name) => readName(fileName, name, context));
  });
}
