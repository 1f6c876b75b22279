import assert from 'node:assert/strict';
import { clientIdOf, refuseUserName } from '../../../../src/operations/cephUsers/userName.ts';

describe('the name of a Ceph user', () => {
  it('is taken with and without “client.”', () => {
    assert.equal(clientIdOf(' client.libvirt '), 'libvirt');
    assert.equal(clientIdOf('libvirt'), 'libvirt');
  });

  it('can also be the name of its keyring', () => {
    for (const name of ['libvirt', 'client.vm-hosts', 'a.b_c@d:1'])
      assert.equal(refuseUserName(name), undefined);
    for (const name of ['', 'client.', 'a/b', '-a', 'a b', 'a]b', '漢字', 'a\nb', '../x', "a'b"])
      assert.notEqual(refuseUserName(name), undefined, name);
  });

  it('is refused when there is such a user', () => {
    const taken = new Set(['client.libvirt']);
    assert.match(refuseUserName('client.libvirt', taken) ?? '', /There is a user client\.libvirt already/);
    assert.equal(refuseUserName('libvirt2', taken), undefined);
  });
});
