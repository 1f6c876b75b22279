import assert from 'node:assert/strict';
import { escaped } from '../../../src/doctor/markdown.ts';

describe('a text in Markdown', () => {
  it('is left as it is where nothing in it is markup', () => {
    for (const text of ['libvirt_pool on kvm-1', 'a ~ b | c > d', '50% (1.5 GiB)'])
      assert.equal(escaped(text), text);
  });

  it('shows what would be markup', () => {
    assert.equal(escaped('no <auth> in `x`'), 'no \\<auth> in \\`x\\`');
    assert.equal(escaped('_private* [a](b)'), '\\_private\\* \\[a](b)');
    assert.equal(escaped('C:\\x'), 'C:\\\\x');
  });

  it('does not begin a heading, a list or a quotation, and stays in its line', () => {
    assert.equal(escaped('# a'), '\\# a');
    assert.equal(escaped('- a\n\n- b'), '\\- a - b');
    assert.equal(escaped('1. a'), '1\\. a');
    assert.equal(escaped('10.0.0.1 is silent'), '10.0.0.1 is silent');
  });
});
