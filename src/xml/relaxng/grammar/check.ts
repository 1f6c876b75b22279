import { broken } from '../schemaError.ts';
import type { Scope } from './scope.ts';
import type { Definition, Syntax } from './syntax.ts';

/**
 * Goes through everything that a document can reach, so that nothing is found wrong later: each reference leads to a
 * definition, and none back to itself without an element between.
 * @throws {SchemaError}
 */
export function checkReferences(scope: Scope): void {
  new ReferenceCheck().definitions(scope, '', new Set());
}

class ReferenceCheck {
  readonly #done = new Set<Definition>();
  /** Contents of elements, looked into when the definitions around them are done. */
  readonly #later: (() => void)[] = [];
  #isRunning = false;

  definitions(scope: Scope, name: string, open: ReadonlySet<Definition>): void {
    for (const definition of scope.find(name)[0]) {
      if (open.has(definition)) throw broken(definition.fileName, 'define', `${name} refers to itself`);
      if (this.#done.has(definition)) continue;
      this.#parts(scope, definition.parts, new Set([...open, definition]));
      this.#done.add(definition);
    }
    this.#runLater();
  }

  #parts(scope: Scope, parts: readonly Syntax[], open: ReadonlySet<Definition>): void {
    for (const part of parts) this.#part(scope, part, open);
  }

  #part(scope: Scope, syntax: Syntax, open: ReadonlySet<Definition>): void {
    if (syntax.kind === 'element') {
      this.#later.push(() => {
        this.#parts(scope, syntax.parts, new Set());
      });
    } else if (syntax.kind === 'ref' || syntax.kind === 'parentRef') {
      this.definitions(scope.scopeOf(syntax), syntax.name, open);
    } else if (syntax.kind === 'grammar') {
      this.definitions(scope.innerScope(syntax), '', open);
    } else if ('parts' in syntax) {
      this.#parts(scope, syntax.parts, open);
    }
  }

  #runLater(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let next = this.#later.pop(); next !== undefined; next = this.#later.pop()) next();
    this.#isRunning = false;
  }
}
