import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkRules } from '../../../../src/rules/check.ts';
import { formatDocument } from '../../../../src/xml/format/format.ts';
import { libvirtFormat } from '../../../../src/xml/format/formatOptions.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { loadSnippets } from '../../../../src/xml/snippets/snippets.ts';
import { define, hasVirsh, isDefinable } from '../virsh.ts';
import { documentOf, filledIn, kindOf } from './snippetText.ts';

/** libvirt's test driver takes internal snapshots only. */
function isExternalSnapshot(text: string): boolean {
  return text.includes(`snapshot='external'`);
}

const snippets = await loadSnippets();

describe('snippets', () => {
  const prefixes = snippets.flatMap((snippet) => snippet.prefixes);

  it('have prefixes and names of their own', () => {
    assert.equal(new Set(prefixes).size, prefixes.length);
    assert.equal(new Set(snippets.map(({ name }) => name)).size, snippets.length);
    for (const prefix of prefixes) assert.match(prefix, /^[a-z0-9-]+$/);
  });

  it('have a name and a description in Chinese, and no other difference', async () => {
    const translated = await loadSnippets('zh-cn');
    const texts = JSON.parse(readFileSync('snippets/texts.zh-cn.json', 'utf8')) as object;
    assert.deepEqual(Object.keys(texts).sort(), snippets.map(({ name }) => name).sort());
    for (const [index, snippet] of snippets.entries()) {
      const { name, description, ...rest } = translated[index]!;
      assert.match(description, /\p{Script=Han}/u, name);
      assert.deepEqual({ ...rest, name: snippet.name, description: snippet.description }, snippet);
    }
  });

  for (const { name, body, scope } of snippets) {
    describe(name, () => {
      const text = filledIn(body);

      it('numbers its tab stops from 1 without a gap, with one default each', () => {
        const stops = [...body.matchAll(/\$\{(\d+)([:|][^{}]*)\}/g)];
        const defaults = new Map(stops.map(([, stop, value]) => [Number(stop), value]));
        assert.deepEqual(
          [...defaults.keys()].sort((a, b) => a - b),
          Array.from(defaults, (_stop, index) => index + 1),
        );
        for (const [, stop, value] of stops) assert.equal(value, defaults.get(Number(stop)));
        assert.doesNotMatch(text, /[${}|]/);
      });

      it('is a libvirt document without a finding, laid out as libvirt does', () => {
        const document = scan(documentOf(text));
        assert.deepEqual(document.faults, []);
        assert.equal(scope, text === documentOf(text) ? 'document' : 'device');
        assert.notEqual(kindOf(text), undefined);
        assert.deepEqual(checkRules(document, undefined), []);
        assert.deepEqual(formatDocument(scan(text), libvirtFormat), []);
      });

      const kind = kindOf(text);
      if (kind === undefined || !isDefinable(kind) || isExternalSnapshot(text)) return;
      it('is accepted by libvirt and its schema', function () {
        if (!hasVirsh) this.skip();
        assert.equal(define(kind, documentOf(text), { validate: true }), '');
      });
    });
  }
});
