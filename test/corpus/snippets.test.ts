import assert from 'node:assert/strict';
import { schemaFiles } from '../../src/xml/schemas/schemaFiles.ts';
import { loadSnippets } from '../../src/xml/snippets/snippets.ts';
import { allChoices, documentOf, kindOf } from '../unit/xml/snippets/snippetText.ts';
import { prepared } from './support/prepared.ts';

const snippets = await loadSnippets();

describe('snippets, with each choice that they offer', () => {
  before(prepared);

  for (const { name, body } of snippets) {
    it(`are valid in every version: ${name}`, async () => {
      for (const { corpus, judge } of await prepared()) {
        for (const text of allChoices(body)) {
          const kind = kindOf(text);
          assert.ok(kind !== undefined, text);
          const faults = judge(schemaFiles[kind], documentOf(text)).map(({ message }) => message);
          assert.deepEqual(faults, [], `${corpus.version}: ${text}`);
        }
      }
    });
  }
});
