import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Disposable } from '../../base/events.ts';
import type { Schema } from '../relaxng/schema.ts';
import { Validator } from '../relaxng/validator.ts';
import type { DocumentKind } from '../roots.ts';
import { compileSchema } from './compileSchema.ts';
import type { SchemaSet } from './schemaSet.ts';

/** A schema in memory, and the validator that all documents of its kind share. */
export interface ReadySchema {
  readonly set: SchemaSet;
  readonly schema: Schema;
  readonly validator: Validator;
}

interface Entry {
  readonly ready: Promise<ReadySchema | undefined>;
  wasUsed: boolean;
}

const defaultIdleMs = 10 * 60_000;

/** Compiles each schema of each set once, when it is first asked for, and forgets those that nobody asks for any more. */
export class SchemaCache implements Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #timer: NodeJS.Timeout;

  /** @param idleMs what has not been asked for in this time, twice at most, is forgotten */
  constructor(idleMs = defaultIdleMs) {
    this.#timer = setInterval(() => {
      this.forgetUnused();
    }, idleMs);
    this.#timer.unref();
  }

  /**
   * The schema for documents of a kind; undefined when the set has none. What waits in the event loop comes before the
   * compiling, so that a keystroke that asks for it shows first. Rejects with a SchemaError when it cannot be used.
   */
  schemaFor(set: SchemaSet, kind: DocumentKind): Promise<ReadySchema | undefined> {
    const key = `${set.digest}\0${kind}`;
    const known = this.#entries.get(key);
    if (known) {
      known.wasUsed = true;
      return known.ready;
    }
    const ready = compileLater(set, kind);
    this.#entries.set(key, { ready, wasUsed: true });
    return ready;
  }

  /** Forgets what has not been asked for since this was last called. */
  forgetUnused(): void {
    for (const [key, entry] of this.#entries) {
      if (entry.wasUsed) entry.wasUsed = false;
      else this.#entries.delete(key);
    }
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#entries.clear();
  }
}

async function compileLater(set: SchemaSet, kind: DocumentKind): Promise<ReadySchema | undefined> {
  await nextTurn();
  const schema = compileSchema(set, kind);
  return schema && { set, schema, validator: new Validator(schema) };
}
