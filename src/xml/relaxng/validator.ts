import type { XmlDocument } from '../document.ts';
import { withoutCascades } from './examination/cascades.ts';
import { Examiner } from './examination/examiner.ts';
import type { Finding } from './examination/finding.ts';
import { Fitting } from './examination/fitting.ts';
import { ValidElements } from './examination/validElements.ts';
import type { SchemaFault } from './fault.ts';
import { inWords } from './faults/inWords.ts';
import { named } from './queries.ts';
import type { Schema } from './schema.ts';

/** Nobody reads more, and editors show no more. */
const maxFaults = 1_000;

/** Holds documents to a schema. Remembers what it found valid, so that a document is judged again quickly after a change. */
export class Validator {
  readonly #schema: Schema;
  readonly #valid = new ValidElements();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** What is not as the schema says, in the order of the document. Faults of the markup are in `document.faults`. */
  validate(document: XmlDocument): readonly SchemaFault[] {
    this.#schema.trim();
    this.#valid.begin(document);
    const findings = withoutCascades(document, this.#examine(document));
    return findings
      .slice(0, maxFaults)
      .map((finding) => inWords(this.#schema, finding))
      .sort((a, b) => a.range.start - b.range.start);
  }

  #examine(document: XmlDocument): readonly Finding[] {
    const { root } = document;
    if (root === undefined) return [];
    const { roots, patterns } = this.#schema;
    const candidates = named(roots, root);
    if (candidates.length > 0) {
      const fitting = new Fitting(this.#schema, this.#valid);
      return new Examiner(this.#schema, fitting).examine(root, candidates, undefined).findings;
    }
    const { empty } = patterns;
    const frame = { element: root, parent: undefined, content: empty, afterAttributes: empty, body: empty };
    return [{ kind: 'wrong-root', frame, expected: roots }];
  }
}
