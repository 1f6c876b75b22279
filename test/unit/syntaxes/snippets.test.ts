import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { checkRules } from '../../../src/rules/check.ts';
import { documentKind } from '../../../src/xml/roots.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';
import { type Definable, define, hasVirsh } from '../xml/virsh.ts';

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const snippets = JSON.parse(readFileSync('snippets/libvirt-xml.json', 'utf8')) as Record<string, Snippet>;

/** The text that stands when every tab stop keeps its default. */
function filledIn({ body }: Snippet): string {
  return body
    .join('\n')
    .replaceAll('$UUID', '6f0d2b3c-6a3e-4d0b-8f7a-2f4f3f1f9a10')
    .replaceAll(/\$\{\d+\|([^,|]+)[^|]*\|\}/g, '$1')
    .replaceAll(/\$\{\d+:([^{}]*)\}/g, '$1');
}

/** The snippet as a document of its own: a disk in a domain that has nothing else. */
function documentOf(text: string): string {
  return text.startsWith('<disk')
    ? `<domain type='test'><name>vm</name><memory>65536</memory><os><type>hvm</type></os><devices>${text}</devices></domain>`
    : text;
}

describe('snippets', () => {
  const prefixes = Object.values(snippets).flatMap(({ prefix }) => prefix);

  it('have prefixes of their own', () => {
    assert.equal(new Set(prefixes).size, prefixes.length);
  });

  for (const [name, snippet] of Object.entries(snippets)) {
    describe(name, () => {
      const text = filledIn(snippet);
      const body = snippet.body.join('\n');

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

      it('is a libvirt document without a finding', () => {
        const document = scan(documentOf(text));
        assert.deepEqual(document.faults, []);
        assert.notEqual(documentKind(document), undefined);
        assert.deepEqual(checkRules(document, undefined), []);
      });

      it('is accepted by libvirt and its schema', function () {
        if (!hasVirsh) this.skip();
        const document = documentOf(text);
        const kind = documentKind(scan(document));
        assert.equal(define(kind as Definable, document, { validate: true }), '');
      });
    });
  }
});
