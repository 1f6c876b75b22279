import assert from 'node:assert/strict';
import { identityOf, withUuid } from '../../../src/xml/identity.ts';

const uuid = '6a7b2c1d-0000-4000-8000-00000000abcd';

describe('the identity in a definition', () => {
  it('is its own name and UUID, not those of what it holds', () => {
    const xml = `<network><bridge name='b'/><dns><host><name>x</name></host></dns><name> lan </name><uuid>${uuid}</uuid></network>`;
    assert.deepEqual(identityOf(xml), { name: 'lan', uuid });
  });

  it('takes a UUID in any way of writing', () => {
    const xml = `<domain><uuid>${uuid.toUpperCase().replaceAll('-', '')}</uuid></domain>`;
    assert.deepEqual(identityOf(xml), { name: undefined, uuid });
  });

  it('is empty for what is no XML', () => {
    assert.deepEqual(identityOf(''), { name: undefined, uuid: undefined });
  });

  it('can be given the UUID it had', () => {
    const xml = (middle: string): string =>
      `<domain>\n  <name>web</name>\n${middle}  <vcpu>1</vcpu>\n</domain>\n`;
    const expected = xml(`  <uuid>${uuid}</uuid>\n`);
    assert.equal(withUuid(xml('  <uuid>11111111-1111-4111-8111-111111111111</uuid>\n'), uuid), expected);
    assert.equal(withUuid(xml(''), uuid), expected);
  });
});
