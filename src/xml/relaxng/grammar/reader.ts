import { messageOf } from '../../../base/errors.ts';
import type { XmlElement } from '../../document.ts';
import { attributeValue, childElements, textOf } from '../../queries.ts';
import { scan } from '../../scanner/scan.ts';
import { DatatypeError, datatypeOf } from '../datatypes/data.ts';
import type { Datatype } from '../datatypes/datatype.ts';
import { collapse } from '../derivatives.ts';
import { broken, unsupported } from '../schemaError.ts';
import { readName, splitName } from './names.ts';
import type { Combine, Component, Syntax } from './syntax.ts';

const relaxNg = 'http://relaxng.org/ns/structure/1.0';
const xmlSchemaTypes = 'http://www.w3.org/2001/XMLSchema-datatypes';
const maxIncludes = 100;

/** The attributes that an element of a schema may have, beside `ns` and `datatypeLibrary`. */
const knownAttributes = new Set(['name', 'combine', 'href', 'type', 'ns', 'datatypeLibrary']);

/** Reads the files of a schema, each once. */
export class GrammarReader {
  readonly #read: (fileName: string) => string;
  readonly #roots = new Map<string, XmlElement>();
  readonly #components = new Map<string, readonly Component[]>();
  readonly #open: string[] = [];

  constructor(read: (fileName: string) => string) {
    this.#read = read;
  }

  /** What the file holds, whose root must be a grammar. */
  grammar(fileName: string): readonly Component[] {
    const known = this.#components.get(fileName);
    if (known !== undefined) return known;
    const root = this.#root(fileName);
    if (root.localName !== 'grammar') throw broken(fileName, root.name, 'a grammar is expected');
    const components = this.#within(fileName, () => new FileReader(this, fileName).components(root));
    this.#components.set(fileName, components);
    return components;
  }

  /** The pattern that the file is. */
  pattern(fileName: string): Syntax {
    const root = this.#root(fileName);
    return this.#within(fileName, () => new FileReader(this, fileName).pattern(root));
  }

  #within<T>(fileName: string, work: () => T): T {
    if (this.#open.includes(fileName) || this.#open.length > maxIncludes) {
      throw broken(fileName, 'include', `${this.#open.join(' > ')} includes itself`);
    }
    this.#open.push(fileName);
    const result = work();
    this.#open.pop();
    return result;
  }

  #root(fileName: string): XmlElement {
    const known = this.#roots.get(fileName);
    if (known !== undefined) return known;
    const { root, faults } = scan(this.#read(fileName));
    const [fault] = faults;
    if (fault !== undefined || root === undefined)
      throw broken(fileName, root?.name ?? '', fault?.message ?? '');
    if (root.namespace !== relaxNg) throw unsupported(fileName, `<${root.name}>`, root.namespace);
    this.#roots.set(fileName, root);
    return root;
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

  components(grammar: XmlElement): readonly Component[] {
    return this.#children(grammar).flatMap((child) => this.#component(child));
  }

  pattern(element: XmlElement): Syntax {
    const kind = element.localName;
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
        return { kind, parts: this.#patterns(this.#children(element), element) };
      case 'element':
      case 'attribute':
        return this.#named(element, kind);
      case 'ref':
      case 'parentRef':
        return { kind, name: this.#required(element, 'name'), fileName: this.#fileName };
      case 'externalRef':
        return this.#files.pattern(this.#href(element));
      case 'grammar':
        return { kind, components: this.components(element) };
      case 'value':
        return this.#value(element);
      case 'data':
        return { kind, datatype: this.#datatype(element) };
      default:
        throw unsupported(this.#fileName, `<${element.name}>`);
    }
  }

  #component(element: XmlElement): readonly Component[] {
    switch (element.localName) {
      case 'div':
        return this.components(element);
      case 'start':
      case 'define': {
        const name = element.localName === 'start' ? '' : this.#required(element, 'name');
        const combine = this.#combine(element);
        const parts = this.#patterns(this.#children(element), element);
        return [{ kind: 'definition', definition: { name, combine, parts, fileName: this.#fileName } }];
      }
      case 'include': {
        const included = this.#files.grammar(this.#href(element));
        return [{ kind: 'include', included, overrides: this.components(element) }];
      }
      default:
        throw unsupported(this.#fileName, `<${element.name}>`);
    }
  }

  #combine(element: XmlElement): Combine {
    const combine = attributeValue(element, 'combine')?.trim();
    if (combine === undefined || combine === 'choice' || combine === 'interleave') return combine;
    throw unsupported(this.#fileName, `combine='${combine}'`);
  }

  #named(element: XmlElement, kind: 'element' | 'attribute'): Syntax {
    const children = this.#children(element);
    const name = attributeValue(element, 'name');
    const first = name === undefined ? children.shift() : undefined;
    if (name === undefined && first === undefined) throw this.#broken(element, 'it has no name');
    const nameClass =
      first === undefined
        ? splitName(element, name ?? '', kind === 'attribute')
        : readName(first, this.#fileName, (parent) => this.#children(parent));
    if (kind === 'attribute' && children.length === 0) {
      return { kind, name: nameClass, parts: [{ kind: 'text' }] };
    }
    return { kind, name: nameClass, parts: this.#patterns(children, element) };
  }

  #value(element: XmlElement): Syntax {
    const type = attributeValue(element, 'type')?.trim() ?? 'token';
    if (type !== 'token' && type !== 'string') throw unsupported(this.#fileName, `<value type='${type}'>`);
    const text = textOf(element);
    return { kind: 'value', value: type === 'string' ? text : collapse(text), exact: type === 'string' };
  }

  #datatype(element: XmlElement): Datatype {
    const library = inherited(element, 'datatypeLibrary') ?? '';
    if (library !== xmlSchemaTypes && library !== '') throw unsupported(this.#fileName, library);
    const type = this.#required(element, 'type');
    const children = this.#children(element);
    const facets = children
      .filter(({ localName }) => localName === 'param')
      .map((param) => ({ name: this.#required(param, 'name'), value: textOf(param) }));
    const excepts = children.filter(({ localName }) => localName === 'except');
    if (facets.length + excepts.length < children.length) {
      throw unsupported(this.#fileName, `<data type='${type}'>`);
    }
    const except = excepts.flatMap((child) => this.#patterns(this.#children(child), child));
    try {
      return datatypeOf(
        type,
        facets,
        (text) => except.some((syntax) => this.#takes(syntax, text)),
        JSON.stringify(except),
      );
    } catch (error) {
      if (!(error instanceof DatatypeError)) throw error;
      throw unsupported(this.#fileName, `<data type='${type}'>: ${error.what}`, messageOf(error.cause));
    }
  }

  /** Whether an exception of a datatype applies to the text. */
  #takes(syntax: Syntax, text: string): boolean {
    switch (syntax.kind) {
      case 'choice':
        return syntax.parts.some((part) => this.#takes(part, text));
      case 'value':
        return (syntax.exact ? text : collapse(text)) === syntax.value;
      case 'data':
        return syntax.datatype.takes(text);
      default:
        throw unsupported(this.#fileName, `<except> <${syntax.kind}>`);
    }
  }

  #patterns(elements: readonly XmlElement[], parent: XmlElement): readonly Syntax[] {
    if (elements.length === 0) throw this.#broken(parent, 'it is empty');
    return elements.map((element) => this.pattern(element));
  }

  /** The children that are RELAX NG's own; others are notes for other programs. */
  #children(element: XmlElement): XmlElement[] {
    const strange = element.attributes.find(({ namespace, name }) => namespace === '' && !isKnown(name));
    if (strange !== undefined) throw unsupported(this.#fileName, `<${element.name} ${strange.name}>`);
    return childElements(element).filter(({ namespace }) => namespace === relaxNg);
  }

  /** The file that the element names, relative to the one that it is in. */
  #href(element: XmlElement): string {
    const href = this.#required(element, 'href');
    const folder = this.#fileName.slice(0, this.#fileName.lastIndexOf('/') + 1);
    return folder + href.replace(/^(\.\/)+/, '');
  }

  #required(element: XmlElement, name: string): string {
    const value = attributeValue(element, name)?.trim();
    if (value === undefined) throw this.#broken(element, `${name} is missing`);
    return value;
  }

  #broken(element: XmlElement, raw: string): Error {
    return broken(this.#fileName, element.name, raw);
  }
}

function isKnown(name: string): boolean {
  return knownAttributes.has(name) || name === 'xmlns';
}

/** The value of the attribute at the nearest element around that has it. */
function inherited(element: XmlElement, name: string): string | undefined {
  for (let at: XmlElement | undefined = element; at !== undefined; at = at.parent) {
    const value = attributeValue(at, name);
    if (value !== undefined) return value;
  }
  return undefined;
}
