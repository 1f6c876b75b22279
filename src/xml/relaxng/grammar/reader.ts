import type { NameClass } from '../nameClass.ts';
import { broken, unsupported } from '../schemaError.ts';
import { contextIn, outermost, required, schemaName } from './context.ts';
import type { SchemaContext } from './context.ts';
import { readData, readValue } from './data.ts';
import { readMarkup } from './markup.ts';
import type { Markup } from './markup.ts';
import { readName, resolveName } from './names.ts';
import type { Combine, Component, Syntax } from './syntax.ts';

const maxIncludes = 100;

/** The attributes that an element of a schema may have; those with a prefix are notes. */
const knownAttributes = new Set(['name', 'combine', 'href', 'type', 'ns', 'datatypeLibrary', 'xmlns']);

/** Reads the files of a schema, each once. */
export class GrammarReader {
  readonly #read: (fileName: string) => string;
  readonly #components = new Map<string, readonly Component[]>();
  readonly #open: string[] = [];

  constructor(read: (fileName: string) => string) {
    this.#read = read;
  }

  /** What the file holds, whose root must be a grammar. */
  grammar(fileName: string): readonly Component[] {
    const known = this.#components.get(fileName);
    if (known !== undefined) return known;
    const components = this.#within(fileName, (file, root) => file.grammar(root));
    this.#components.set(fileName, components);
    return components;
  }

  /** The pattern that the file is. */
  pattern(fileName: string): Syntax {
    return this.#within(fileName, (file, root) => file.pattern(root, outermost));
  }

  #within<T>(fileName: string, work: (file: FileReader, root: Markup) => T): T {
    if (this.#open.includes(fileName) || this.#open.length > maxIncludes) {
      throw broken(fileName, 'include', `${this.#open.join(' > ')} includes itself`);
    }
    this.#open.push(fileName);
    const result = work(new FileReader(this, fileName), readMarkup(fileName, this.#read(fileName)));
    this.#open.pop();
    return result;
  }
}

/** Turns the elements of one file into syntax. */
class FileReader {
  readonly #files: GrammarReader;
  readonly #fileName: string;

  constructor(files: GrammarReader, fileName: string) {
    this.#files = files;
    this.#fileName = fileName;
  }

  grammar(root: Markup): readonly Component[] {
    const context = contextIn(outermost, root);
    if (schemaName(root, context) !== 'grammar') throw this.#broken(root, 'a grammar is expected');
    return this.#components(root, context);
  }

  pattern(markup: Markup, outer: SchemaContext): Syntax {
    const context = contextIn(outer, markup);
    const kind = schemaName(markup, context);
    this.#checkAttributes(markup);
    switch (kind) {
      case 'empty':
      case 'notAllowed':
      case 'text':
        return { kind };
      case 'choice':
      case 'interleave':
      case 'group':
      case 'optional':
      case 'zeroOrMore':
      case 'oneOrMore':
      case 'mixed':
      case 'list':
        return { kind, parts: this.#patterns(markup, this.#children(markup, context), context) };
      case 'element':
      case 'attribute':
        return this.#named(markup, context, kind);
      case 'ref':
      case 'parentRef':
        return { kind, name: required(this.#fileName, markup, 'name'), fileName: this.#fileName };
      case 'externalRef':
        return this.#files.pattern(this.#href(markup));
      case 'grammar':
        return { kind, components: this.#components(markup, context) };
      case 'value':
        return readValue(this.#fileName, markup);
      case 'data':
        return this.#data(markup, context);
      default:
        throw unsupported(this.#fileName, `<${markup.name}>`);
    }
  }

  #components(markup: Markup, context: SchemaContext): readonly Component[] {
    return this.#children(markup, context).flatMap((child) =>
      this.#component(child, contextIn(context, child)),
    );
  }

  #component(markup: Markup, context: SchemaContext): readonly Component[] {
    const kind = schemaName(markup, context);
    this.#checkAttributes(markup);
    switch (kind) {
      case 'div':
        return this.#components(markup, context);
      case 'start':
      case 'define': {
        const name = kind === 'start' ? '' : required(this.#fileName, markup, 'name');
        const parts = this.#patterns(markup, this.#children(markup, context), context);
        const definition = { name, combine: this.#combine(markup), parts, fileName: this.#fileName };
        return [{ kind: 'definition', definition }];
      }
      case 'include': {
        const included = this.#files.grammar(this.#href(markup));
        return [{ kind: 'include', included, overrides: this.#components(markup, context) }];
      }
      default:
        throw unsupported(this.#fileName, `<${markup.name}>`);
    }
  }

  #combine({ attributes }: Markup): Combine {
    const combine = attributes.get('combine')?.trim();
    if (combine === undefined || combine === 'choice' || combine === 'interleave') return combine;
    throw unsupported(this.#fileName, `combine='${combine}'`);
  }

  #named(markup: Markup, context: SchemaContext, kind: 'element' | 'attribute'): Syntax {
    const children = this.#children(markup, context);
    const name = this.#nameOf(markup, context, kind, children);
    const contents = markup.attributes.has('name') ? children : children.slice(1);
    if (kind === 'attribute' && contents.length === 0) return { kind, name, parts: [{ kind: 'text' }] };
    return { kind, name, parts: this.#patterns(markup, contents, context) };
  }

  #nameOf(
    markup: Markup,
    context: SchemaContext,
    kind: 'element' | 'attribute',
    [first]: readonly Markup[],
  ): NameClass {
    const name = markup.attributes.get('name');
    // The namespace around is that of elements only.
    const namespace = kind === 'element' ? context.ns : (markup.attributes.get('ns') ?? '');
    if (name !== undefined) return resolveName(context, name, namespace);
    if (first === undefined) throw this.#broken(markup, 'it has no name');
    return readName(this.#fileName, first, context);
  }

  #data(markup: Markup, context: SchemaContext): Syntax {
    const children = this.#children(markup, context);
    const params = children.filter((child) => schemaName(child, context) === 'param');
    const excepts = children.filter((child) => schemaName(child, context) === 'except');
    if (params.length + excepts.length < children.length)
      throw unsupported(this.#fileName, `<${markup.name}>`);
    const except = excepts.flatMap((child) => this.#patterns(child, this.#children(child, context), context));
    const datatype = readData(this.#fileName, markup, context.datatypeLibrary, params, except);
    return { kind: 'data', datatype };
  }

  #patterns(parent: Markup, children: readonly Markup[], context: SchemaContext): readonly Syntax[] {
    if (children.length === 0) throw this.#broken(parent, 'it is empty');
    return children.map((child) => this.pattern(child, context));
  }

  /** The children that are RELAX NG's own; others are notes for other programs. */
  #children({ children }: Markup, context: SchemaContext): readonly Markup[] {
    const isOwn = (child: Markup): boolean => schemaName(child, contextIn(context, child)) !== undefined;
    return children.every(isOwn) ? children : children.filter(isOwn);
  }

  #checkAttributes({ name, attributes }: Markup): void {
    for (const attribute of attributes.keys()) {
      if (!knownAttributes.has(attribute) && !attribute.includes(':')) {
        throw unsupported(this.#fileName, `<${name} ${attribute}>`);
      }
    }
  }

  /** The file that the element names, relative to the one that it is in. */
  #href(markup: Markup): string {
    const href = required(this.#fileName, markup, 'href');
    const folder = this.#fileName.slice(0, this.#fileName.lastIndexOf('/') + 1);
    return folder + href.replace(/^(\.\/)+/, '');
  }

  #broken({ name }: Markup, raw: string): Error {
    return broken(this.#fileName, name, raw);
  }
}
