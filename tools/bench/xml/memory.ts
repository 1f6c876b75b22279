/**
 * `memory.mjs SCHEMA_FOLDER DOCUMENT ROUNDS EDITS`: the memory that a schema takes while a document is edited, as JSON:
 * megabytes of heap after each round. Needs `--expose-gc`.
 */
import { readFileSync } from 'node:fs';
import { checker, completer, openSchema } from './ownEngine.ts';

const [schemaFolder = '', path = '', rounds = '', edits = ''] = process.argv.slice(2);
const text = readFileSync(path, 'utf8');
const names = Array.from(text.matchAll(/made-\d+|address='/g), ({ index, 0: { length } }) => index + length);

function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

const before = heapMb();
const schema = openSchema(schemaFolder, 'domain.rng');
const check = checker(schema);
const complete = completer(schema);
const measured: number[] = [];
let number = 0;
for (let round = 0; round < Number(rounds); round++) {
  for (let edit = 0; edit < Number(edits); edit++) {
    number++;
    const at = names[(number * 37) % names.length] ?? 0;
    const edited = `${text.slice(0, at)}${number}${text.slice(at)}`;
    check(edited);
    if (number % 10 === 0) complete({ text: edited, offset: at });
  }
  measured.push(heapMb() - before);
}
console.log(JSON.stringify(measured));
