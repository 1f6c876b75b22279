import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { allRules } from '../../../src/rules/allRules.ts';
import { checkRules } from '../../../src/rules/check.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';

describe('allRules', () => {
  it('gives every rule an id of its own and a place to read about it', () => {
    const ids = allRules.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, documentationUrl } of allRules) {
      assert.match(id, /^[a-z]+(-[a-z]+)+$/);
      assert.equal(new URL(documentationUrl).protocol, 'https:');
    }
  });

  it('explains every rule in a few sentences', () => {
    const tooLittle = allRules.filter(({ explanation }) => !/^.{60,}\.$/s.test(explanation()));
    assert.deepEqual(
      tooLittle.map(({ id }) => id),
      [],
    );
  });

  it('has every rule with its severity described in docs/rules.md, and no other', () => {
    const headings = readFileSync('docs/rules.md', 'utf8').matchAll(/^### `(.+)` \((\w+)\)$/gm);
    assert.deepEqual(
      Array.from(headings, ([, id, severity]) => [id, severity]).sort(),
      allRules.map(({ id, severity }) => [id, severity]).sort(),
    );
  });

  it('holds every file that exports a rule', async () => {
    const files = readdirSync('src/rules', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.includes('/'),
    );
    const found: unknown[] = [];
    for (const file of files.filter((name) => name.endsWith('.ts'))) {
      const exports = Object.values((await import(`../../../src/rules/${file}`)) as Record<string, unknown>);
      for (const value of exports) {
        const isRule = typeof value === 'object' && value !== null && 'check' in value && 'id' in value;
        if (isRule) found.push(value.id);
      }
    }
    // The rule about comments is made with the ids of all the others.
    const others = allRules.map(({ id }) => id).filter((id) => id !== 'unknown-rule-in-comment');
    assert.deepEqual(found.sort(), others.sort());
  });

  it('gives findings in the order of their places, from broken documents too', () => {
    const disk = (image: string): string =>
      `<disk type='network'><source protocol='rbd' name='a/${image}'/></disk>`;
    const findings = checkRules(scan(`<domain><devices>${disk('1')}${disk('2')}<disk`), undefined);
    assert.deepEqual(
      findings.map(({ ruleId, range }) => [ruleId, range.start]),
      [18, 18 + disk('1').length].flatMap((start) => [
        ['rbd-disk-without-auth', start],
        ['rbd-without-monitors', start + `<disk type='network'>`.length],
      ]),
    );
    assert.deepEqual(checkRules(scan(''), undefined), []);
  });
});
