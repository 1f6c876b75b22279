import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDocument, type Diagnosis } from '../../src/rules/checkDocument.ts';
import { loadSchema } from '../../src/xml/relaxng/loadSchema.ts';
import type { Schema } from '../../src/xml/relaxng/schema.ts';
import { Validator } from '../../src/xml/relaxng/validator.ts';
import { scan } from '../../src/xml/scanner/scan.ts';

export type Diagnostic = Pick<Diagnosis, 'range' | 'message'>;

/**
 * What is wrong with a document, the most important first; nothing when it is valid. `schema` is a file name as
 * `domain.rng`.
 */
export type Judge = (schema: string, text: string) => readonly Diagnostic[];

/** The extension's own engine on the schemas of a folder, without the rules that go beyond them. */
export function ownEngine(schemaFolder: string): Judge {
  const validators = new Map<string, Validator>();
  const validatorOf = (schema: string): Validator => {
    const known = validators.get(schema);
    if (known !== undefined) return known;
    const validator = new Validator(ownSchema(schemaFolder, schema));
    validators.set(schema, validator);
    return validator;
  };
  return (schema, text) => checkDocument(scan(text), { validator: validatorOf(schema), rules: 'none' });
}

export function ownSchema(schemaFolder: string, schema: string): Schema {
  return loadSchema((name) => readFileSync(join(schemaFolder, name), 'utf8'), schema);
}
