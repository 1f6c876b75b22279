import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextRange } from '../../src/xml/document.ts';
import { loadSchema } from '../../src/xml/relaxng/loadSchema.ts';
import { Validator } from '../../src/xml/relaxng/validator.ts';
import { scan } from '../../src/xml/scanner/scan.ts';

export interface Diagnostic {
  readonly range: TextRange;
  readonly message: string;
}

/** What is wrong with a document, in its order; nothing when it is valid. `schema` is a file name as `domain.rng`. */
export type Judge = (schema: string, text: string) => readonly Diagnostic[];

/** The extension's own engine on the schemas of a folder. */
export function ownEngine(schemaFolder: string): Judge {
  const validators = new Map<string, Validator>();
  const validatorOf = (schema: string): Validator => {
    const known = validators.get(schema);
    if (known !== undefined) return known;
    const validator = new Validator(
      loadSchema((name) => readFileSync(join(schemaFolder, name), 'utf8'), schema),
    );
    validators.set(schema, validator);
    return validator;
  };
  return (schema, text) => {
    const document = scan(text);
    const faults: Diagnostic[] = [...document.faults, ...validatorOf(schema).validate(document)];
    return faults.sort((a, b) => a.range.start - b.range.start);
  };
}
