import assert from 'node:assert/strict';
import { parseSecret } from '../../../../src/libvirt/model/secret.ts';
import { secretXml } from '../../../../src/operations/secrets/defineSecret.ts';

const uuid = '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60';

describe('the definition of a secret', () => {
  it('says what it is for, in the element that libvirt wants for each use', () => {
    const written = (type: 'ceph' | 'volume' | 'iscsi' | 'tls' | 'vtpm'): string =>
      secretXml({ uuid, usage: { type, id: 'x' } });
    assert.equal(
      written('ceph'),
      `<secret ephemeral='no' private='no'>
  <uuid>${uuid}</uuid>
  <usage type='ceph'>
    <name>x</name>
  </usage>
</secret>`,
    );
    assert.match(written('volume'), /<volume>x<\/volume>/);
    assert.match(written('iscsi'), /<target>x<\/target>/);
    assert.match(written('tls'), /<name>x<\/name>/);
    assert.match(written('vtpm'), /<name>x<\/name>/);
    assert.doesNotMatch(secretXml({ uuid, usage: undefined }), /usage/);
  });

  it('keeps whatever name and description it is given', async () => {
    const id = `a 'b' <c> & "d" $(rm -rf /)`;
    const description = '名前 </description>';
    const xml = secretXml({ uuid, usage: { type: 'ceph', id }, description, private: true, ephemeral: true });
    assert.deepEqual(await parseSecret(xml), {
      ...{ uuid, description, ephemeral: true, private: true },
      ...{ usageType: 'ceph', usage: id },
    });
  });
});
