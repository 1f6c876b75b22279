import { broken } from '../schemaError.ts';
import type { Scope } from './scope.ts';
import type { Definition, Syntax } from './syntax.ts';

/**
 * Goes through everything that a document can reach, so that nothing is found wrong later: each reference leads to a
 * definition, and none back to itself without an element between.
 * @throws {SchemaError}
 */
export function checkReferences(scope: Scope): void {
  const check = new ReferenceCheck();
  check.definitions(scope, '');
  check.contents();
}

class ReferenceCheck {
  /** false while a definition is looked through, true when that is done. */
  readonly #isDone = new Map<Definition, boolean>();
  /** Contents of elements: whatever leads to an element may come again in it. */
  readonly #contents: { readonly scope: Scope; readonly parts: readonly Syntax[] }[] = [];

  definitions(scope: Scope, name: string): void {
    for (const definition of scope.definitions(name)) {
      const isDone = this.#isDone.get(definition);
      if (isDone === false) throw broken(definition.fileName, 'define', `${name} refers to itself`);
      if (isDone === true) continue;
      this.#isDone.set(definition, false);
      this.#parts(scope, definition.parts);
      this.#isDone.set(definition, true);
    }
  }

  contents(): void {
    for (let next = this.#contents.pop(); next !== undefined; next = this.#contents.pop()) {
      this.#parts(next.scope, next.parts);
    }
  }

  #parts(scope: Scope, parts: readonly Syntax[]): void {
    for (const part of parts) this.#part(scope, part);
  }

  #part(scope: Scope, syntax: Syntax): void {
    if (syntax.kind === 'element') {
      this.#contents.push({ scope, parts: syntax.parts });
    } else if (syntax.kind === 'ref' || syntax.kind === 'parentRef') {
      this.definitions(scope.scopeOf(syntax), syntax.name);
    } else if (syntax.kind === 'grammar') {
      this.definitions(scope.innerScope(syntax), '');
    } else if ('parts' in syntax) {
      this.#parts(scope, syntax.parts);
    }
  }
}
