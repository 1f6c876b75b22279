/** `coldStart.mjs SCHEMA_FOLDER DOCUMENT`: how long the first things take in a fresh process, as JSON in milliseconds. */
import { readFileSync } from 'node:fs';
import { checker, openSchema } from './ownEngine.ts';

export interface ColdStart {
  /** Reading and compiling the schema of domains. */
  readonly schemaMs: number;
  /** The first check of the document after that. */
  readonly firstCheckMs: number;
}

const [schemaFolder = '', path = ''] = process.argv.slice(2);
const text = readFileSync(path, 'utf8');
const startedAt = performance.now();
const check = checker(openSchema(schemaFolder, 'domain.rng'));
const readyAt = performance.now();
check(text);
const measured: ColdStart = { schemaMs: readyAt - startedAt, firstCheckMs: performance.now() - readyAt };
console.log(JSON.stringify(measured));
