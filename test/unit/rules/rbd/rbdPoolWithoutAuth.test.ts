import assert from 'node:assert/strict';
import type { KnownRbdPool } from '../../../../src/rules/hostKnowledge.ts';
import {
  fixed,
  found,
  foundOnce,
  host,
  poolXml,
  rbdPool,
  secretUuid,
  snippetOf,
  titles,
} from '../samples.ts';
import { define, hasVirsh } from '../../xml/virsh.ts';

const id = 'rbd-pool-without-auth';
const text = poolXml({ auth: '' });

describe(id, () => {
  it('finds a pool without <auth>, and takes the credentials of another pool', () => {
    const { at, severity, fixes } = foundOnce(id, text, host());
    assert.deepEqual([at, severity], ['source', 'warning']);
    assert.deepEqual(titles(fixes), ['Add the credentials of pool rbd-pool (client.libvirt) *']);
    assert.equal(fixed(id, text, host()), poolXml());
  });

  it('gives what libvirt accepts', function () {
    if (!hasVirsh) this.skip();
    assert.equal(define('pool', fixed(id, text, host()), { validate: true }), '');
  });

  it('does not take the credentials of another cluster', () => {
    const elsewhere: KnownRbdPool = {
      ...rbdPool,
      name: 'elsewhere',
      hosts: [{ name: 'other' }],
      auth: { username: 'x', secret: { uuid: 'y' } },
    };
    assert.equal(foundOnce(id, text, host({ rbdPools: [elsewhere, rbdPool] })).fixes.length, 1);
  });

  it('offers an element to fill in when no pool knows', () => {
    assert.equal(
      snippetOf(foundOnce(id, text, host({ rbdPools: [] }))),
      `\n    <auth type='ceph' username='\${1:libvirt}'>\n      <secret uuid='\${2:${secretUuid}}'/>\n    </auth>`,
    );
  });

  it('believes a pool of that name that is active without', () => {
    const same: KnownRbdPool = { ...rbdPool, name: 'new-pool', auth: undefined };
    const pools = (isActive: boolean) => [{ name: 'new-pool', uuid: secretUuid, type: 'rbd', isActive }];
    assert.deepEqual(found(id, text, host({ rbdPools: [same], pools: pools(true) })), []);
    foundOnce(id, text, host({ rbdPools: [same], pools: pools(false) }));
    foundOnce(id, text, host({ rbdPools: [same] }));
  });

  it('leaves alone what has credentials and what is no RBD', () => {
    assert.deepEqual(found(id, poolXml()), []);
    assert.deepEqual(found(id, poolXml({ auth: '', type: 'gluster' })), []);
  });
});
