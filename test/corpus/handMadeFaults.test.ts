import assert from 'node:assert/strict';
import { handMadeFaults } from './support/handMadeFaults.ts';
import { prepared } from './support/prepared.ts';

describe('mistakes that people make in libvirt’s documents', () => {
  before(prepared);

  for (const { name, schema, text, tokens, says } of handMadeFaults()) {
    it(name, async () => {
      for (const { corpus, judge } of await prepared()) {
        const told = [...judge(schema, text)].sort((a, b) => a.range.start - b.range.start);
        const messages = told.map(({ message }) => message).join('\n');
        assert.deepEqual(
          told.map(({ range }) => ({ at: range.start, token: text.slice(range.start, range.end) })),
          tokens.map(({ start, end }) => ({ at: start, token: text.slice(start, end) })),
          `libvirt ${corpus.version}:\n${messages}`,
        );
        for (const [at, pattern] of says.entries()) assert.match(told[at]!.message, pattern);
      }
    });
  }

  it('are made in documents that are right without them', async () => {
    for (const { judge } of await prepared()) {
      for (const { schema, unchanged } of handMadeFaults()) assert.deepEqual(judge(schema, unchanged), []);
    }
  });
});
