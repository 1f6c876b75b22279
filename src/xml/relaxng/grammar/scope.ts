import { broken } from '../schemaError.ts';
import type { Component, Definition, ReferenceSyntax, Syntax } from './syntax.ts';

/** The definitions of one grammar, includes carried out; its start has the name ''. */
export class Scope {
  readonly parent: Scope | undefined;
  readonly #definitions = new Map<string, Definition[]>();
  readonly #inner = new Map<Syntax, Scope>();

  constructor(components: readonly Component[], parent: Scope | undefined) {
    this.parent = parent;
    this.#add(components, new Set());
  }

  /** All definitions of the name, which are to be combined. */
  definitions(name: string): readonly Definition[] {
    return this.#definitions.get(name) ?? [];
  }

  /** The scope in which a reference is looked up. */
  scopeOf({ kind, name, fileName }: ReferenceSyntax): Scope {
    const scope = kind === 'ref' ? this : this.parent;
    if (scope === undefined || !scope.#definitions.has(name)) {
      throw broken(fileName, kind, `${name} is not defined`);
    }
    return scope;
  }

  /** The scope of a grammar inside this one. */
  innerScope(syntax: Extract<Syntax, { kind: 'grammar' }>): Scope {
    let scope = this.#inner.get(syntax);
    if (scope === undefined) this.#inner.set(syntax, (scope = new Scope(syntax.components, this)));
    return scope;
  }

  #add(components: readonly Component[], overridden: ReadonlySet<string>): void {
    for (const component of components) {
      if (component.kind === 'include') {
        const names = component.overrides.flatMap((override) =>
          override.kind === 'definition' ? [override.definition.name] : [],
        );
        this.#add(component.included, new Set([...overridden, ...names]));
        this.#add(component.overrides, overridden);
      } else if (!overridden.has(component.definition.name)) {
        this.#define(component.definition);
      }
    }
  }

  #define(definition: Definition): void {
    const { name, fileName } = definition;
    const known = this.#definitions.get(name);
    if (known === undefined) {
      this.#definitions.set(name, [definition]);
      return;
    }
    known.push(definition);
    const ways = new Set(known.flatMap(({ combine }) => combine ?? []));
    const unsaid = known.filter(({ combine }) => combine === undefined);
    if (ways.size > 1 || unsaid.length > 1) {
      throw broken(fileName, name === '' ? 'start' : 'define', `${name} is defined twice`);
    }
  }
}
