/** What is measured of our engine: bundled as it is packaged, for the benchmark runs from sources, which is slower. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDocument } from '../../../src/rules/checkDocument.ts';
import { Completer } from '../../../src/xml/completion/completer.ts';
import { loadSchema } from '../../../src/xml/relaxng/loadSchema.ts';
import type { Schema } from '../../../src/xml/relaxng/schema.ts';
import { Validator } from '../../../src/xml/relaxng/validator.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';
import type { Typed } from './madeDomain.ts';

export function openSchema(schemaFolder: string, schema: string): Schema {
  return loadSchema((name) => readFileSync(join(schemaFolder, name), 'utf8'), schema);
}

/** Judges a document after a change; the result is how many faults it has. */
export function checker(schema: Schema): (text: string) => number {
  const validator = new Validator(schema);
  return (text) => checkDocument(scan(text), { validator, rules: 'none' }).length;
}

/** Asks for completion at a place; the result is how many offers there are. */
export function completer(schema: Schema): (typed: Typed) => number {
  const own = new Completer(schema);
  return ({ text, offset }) => own.at(scan(text), offset).offers.length;
}
