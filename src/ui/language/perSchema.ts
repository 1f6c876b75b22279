import type { HostKnowledge } from '../../rules/hostKnowledge.ts';
import { knownValues } from '../../rules/knownValues/knownValues.ts';
import type { ValueSource } from '../../xml/completion/knownValues.ts';
import type { Schema } from '../../xml/relaxng/schema.ts';
import type { Analysis } from './analyses.ts';

interface Kept<Engine> {
  readonly engine: Engine;
  knowledge: HostKnowledge | undefined;
}

/** One engine a schema: it keeps what it has worked out of the schema, and asks for what the host tells at the time. */
export class PerSchema<Engine> {
  readonly #create: (schema: Schema, source: ValueSource) => Engine;
  readonly #kept = new WeakMap<Schema, Kept<Engine>>();

  constructor(create: (schema: Schema, source: ValueSource) => Engine) {
    this.#create = create;
  }

  /** undefined for a document without a schema. */
  for({ schema: ready, knowledge }: Analysis): Engine | undefined {
    if (ready === undefined) return undefined;
    const { schema } = ready;
    const known = this.#kept.get(schema);
    if (known !== undefined) {
      known.knowledge = knowledge;
      return known.engine;
    }
    const kept: Kept<Engine> = {
      engine: this.#create(schema, (place) => knownValues(kept.knowledge)(place)),
      knowledge,
    };
    this.#kept.set(schema, kept);
    return kept.engine;
  }
}
