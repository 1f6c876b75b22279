import assert from 'node:assert/strict';
import { withDescription } from '../../../../src/operations/snapshots/changeSnapshot.ts';

const document = (description: string): string =>
  `<domainsnapshot>\n  <name>s</name>\n${description}  <state>running</state>\n  <domain>\n    <description>of the domain</description>\n  </domain>\n</domainsnapshot>\n`;

describe('the description of a snapshot', () => {
  it('is put in, changed and taken out, and that of the domain in it stays', () => {
    const described = document('  <description>a &lt; b</description>\n');
    assert.equal(withDescription(document(''), 'a < b'), described);
    assert.equal(withDescription(document('  <description>old</description>\n'), 'a < b'), described);
    assert.equal(withDescription(described, '').replace(/\n {2}\n/, '\n'), document(''));
    assert.equal(withDescription(document(''), ''), document(''));
  });

  it('is refused for what is no snapshot', () => {
    assert.throws(() => withDescription('<domain/>', 'x'), TypeError);
  });
});
