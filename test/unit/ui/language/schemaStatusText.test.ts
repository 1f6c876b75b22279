import assert from 'node:assert/strict';
import { schemaName, schemaRemark } from '../../../../src/ui/language/schemaStatusText.ts';
import { setOf } from '../../xml/schemas/setOf.ts';

const set = setOf(undefined, '9.0.0');
const kvm1 = { name: 'kvm1' };

describe('the schema in use', () => {
  it('is named by its version and where it comes from', () => {
    assert.equal(schemaName({ ...set, origin: { kind: 'host', hostName: 'kvm1' } }), 'libvirt 9.0.0 of kvm1');
    assert.equal(schemaName({ ...set, origin: { kind: 'packaged' } }), 'libvirt 9.0.0, packaged');
    assert.equal(schemaName(set), 'libvirt 9.0.0 in /schemas');
  });

  it('says why it is in use', () => {
    assert.equal(schemaRemark(set, kvm1, '9.0.0', false), 'As on kvm1.');
    assert.equal(schemaRemark(set, kvm1, '8.0.0', false), 'kvm1 has libvirt 8.0.0.');
    assert.equal(schemaRemark(set, kvm1, '8.0.0', true), 'Chosen for all documents.');
    assert.match(schemaRemark(set, kvm1, undefined, false), /^kvm1 has not told/);
    assert.match(schemaRemark(set, undefined, undefined, false), /^No host is connected/);
  });
});
