import type { ElementPattern, Pattern } from '../pattern.ts';
import type { Patterns } from '../patterns.ts';
import type { Scope } from './scope.ts';
import type { NamedSyntax, Syntax } from './syntax.ts';

/** How many definitions a datatype remembers that it was reached through: its own name, and that of its use. */
const rememberedDefinitions = 2;

/** Builds patterns from syntax as they are asked for: of most schemas a document needs little. */
export class PatternBuilder {
  readonly #patterns: Patterns;
  readonly #elements = new Map<Scope, Map<NamedSyntax, ElementPattern>>();
  readonly #references = new Map<Scope, Map<string, Pattern>>();
  readonly #contents = new Map<ElementPattern, Pattern>();

  constructor(patterns: Patterns) {
    this.#patterns = patterns;
  }

  /** Forgets the patterns that were built, not the elements: they are built again when they are needed. */
  clear(): void {
    this.#references.clear();
    this.#contents.clear();
  }

  /** The pattern of all definitions of a name; '' is the start. */
  definition(scope: Scope, name: string, around: readonly string[] = []): Pattern {
    const definitions = name === '' ? around : [...around, name].slice(-rememberedDefinitions);
    const key = [...definitions, name].join(' ');
    const references = entry(this.#references, scope);
    const known = references.get(key);
    if (known !== undefined) return known;
    const found = scope.definitions(name);
    const combine = found.find((definition) => definition.combine !== undefined)?.combine;
    const built = this.#patterns[combine ?? 'choice'](
      found.map(({ parts }) => this.#patterns.group(this.#all(scope, parts, definitions))),
    );
    references.set(key, built);
    return built;
  }

  #all(scope: Scope, parts: readonly Syntax[], definitions: readonly string[]): Pattern[] {
    return parts.map((part) => this.#build(scope, part, definitions));
  }

  #build(scope: Scope, syntax: Syntax, definitions: readonly string[]): Pattern {
    const patterns = this.#patterns;
    switch (syntax.kind) {
      case 'empty':
      case 'notAllowed':
      case 'text':
        return patterns[syntax.kind];
      case 'value':
        return patterns.value(syntax.value, syntax.exact);
      case 'data':
        return patterns.data(syntax.datatype, definitions);
      case 'ref':
      case 'parentRef':
        return this.definition(scope.scopeOf(syntax), syntax.name, definitions);
      case 'grammar':
        return this.definition(scope.innerScope(syntax), '', definitions);
      case 'element':
        return this.#element(scope, syntax);
      case 'attribute':
        return patterns.attribute(syntax.name, patterns.group(this.#all(scope, syntax.parts, [])));
      default: {
        const parts = this.#all(scope, syntax.parts, definitions);
        switch (syntax.kind) {
          case 'choice':
          case 'interleave':
          case 'group':
            return patterns[syntax.kind](parts);
          case 'optional':
          case 'zeroOrMore':
          case 'oneOrMore':
          case 'list':
            return patterns[syntax.kind](patterns.group(parts));
          case 'mixed':
            return patterns.interleave([patterns.group(parts), patterns.text]);
        }
      }
    }
  }

  #element(scope: Scope, syntax: NamedSyntax): ElementPattern {
    const elements = entry(this.#elements, scope);
    const known = elements.get(syntax);
    if (known !== undefined) return known;
    const element: ElementPattern = this.#patterns.element(syntax.name, () => {
      let content = this.#contents.get(element);
      if (content === undefined) {
        content = this.#patterns.group(this.#all(scope, syntax.parts, []));
        this.#contents.set(element, content);
      }
      return content;
    });
    elements.set(syntax, element);
    return element;
  }
}

function entry<S, K, V>(map: Map<S, Map<K, V>>, key: S): Map<K, V> {
  let inner = map.get(key);
  if (inner === undefined) map.set(key, (inner = new Map<K, V>()));
  return inner;
}
