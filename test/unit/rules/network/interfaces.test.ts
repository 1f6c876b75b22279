import assert from 'node:assert/strict';
import { domainText } from '../domainText.ts';
import { fixed, found, foundOnce, host } from '../samples.ts';

const known = host({
  bridges: ['br0', 'virbr0'],
  networks: [
    { name: 'lan', uuid: 'u', isActive: true, bridge: 'virbr5', portgroups: ['web', 'db', 'mail', 'dmz'] },
  ],
});

describe('unknown-bridge', () => {
  const id = 'unknown-bridge';
  const on = (bridge: string, inside = ''): string =>
    domainText({ devices: `<interface type='bridge'><source bridge='${bridge}'/>${inside}</interface>` });

  it('finds a bridge that the host does not have, and offers what looks like it', () => {
    assert.equal(
      foundOnce(id, on('br9'), known).message,
      'kvm1 has no bridge br9: the domain does not start.',
    );
    assert.ok(fixed(id, on('br9'), known).includes(`bridge='br0'`));
  });

  it('accepts bridges of the host and of its networks, and those of Open vSwitch', () => {
    assert.deepEqual(found(id, on('br0'), known), []);
    assert.deepEqual(found(id, on('virbr5'), known), []);
    assert.deepEqual(found(id, on('ovs', `<virtualport type='openvswitch'/>`), known), []);
  });

  it('says nothing while bridges or networks are not known', () => {
    assert.deepEqual(found(id, on('br9'), host({ bridges: [] })), []);
    assert.deepEqual(found(id, on('br9'), host({ networks: [] })), []);
  });
});

describe('unknown-portgroup', () => {
  const id = 'unknown-portgroup';
  const on = (network: string, portgroup: string): string =>
    domainText({
      devices: `<interface type='network'><source network='${network}' portgroup='${portgroup}'/></interface>`,
    });

  it('finds a group that the network does not have, and offers what looks like it', () => {
    assert.equal(
      foundOnce(id, on('lan', 'wbe'), known).message,
      'Network lan on kvm1 has no port group wbe.',
    );
    assert.ok(fixed(id, on('lan', 'wbe'), known).includes(`portgroup='web'`));
  });

  it('accepts its groups, and says nothing of networks that it does not know', () => {
    assert.deepEqual(found(id, on('lan', 'dmz'), known), []);
    assert.deepEqual(found(id, on('other', 'x'), known), []);
    assert.deepEqual(found(id, on('lan', 'x'), host()), []);
  });
});
