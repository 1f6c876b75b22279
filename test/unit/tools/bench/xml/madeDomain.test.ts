import assert from 'node:assert/strict';
import { scan } from '../../../../../src/xml/scanner/scan.ts';
import { madeDisk, madeDomain, typeDisk, typeInValues } from '../../../../../tools/bench/xml/madeDomain.ts';

describe('a domain made for measuring', () => {
  it('has the lines that are asked for', () => {
    for (const lines of [40, 107, 108, 109, 110, 3000]) {
      assert.equal(madeDomain(lines).split('\n').length - 1, lines);
    }
  });

  it('has a target of its own for each disk', () => {
    const targets = Array.from(madeDomain(3000).matchAll(/<target dev='(\w+)'/g), ([, name]) => name);
    assert.ok(targets.length > 200);
    assert.equal(new Set(targets).size, targets.length);
  });

  it('gets a disk typed into it, character by character, and is whole when it is done', () => {
    const domain = madeDomain(107);
    const typed = [...typeDisk(domain)];
    const last = typed.at(-1);
    assert.equal(typed[3]?.text[typed[3].offset - 1], ' ');
    assert.ok(last !== undefined);
    assert.ok(last.text.includes(madeDisk(9999)));
    assert.equal(last.text.length, domain.length + typed.length);
    assert.deepEqual(scan(last.text).faults, []);
  });

  it('is changed in its values at many places', () => {
    const versions = [...typeInValues(madeDomain(107), 20)];
    assert.equal(new Set(versions.map(({ text }) => text)).size, 20);
    for (const { text } of versions) assert.deepEqual(scan(text).faults, []);
  });
});
