import assert from 'node:assert/strict';
import { parseSubnet } from '../../../../src/base/ipAddresses.ts';
import { parseNetwork } from '../../../../src/libvirt/model/network.ts';
import { networkXml, type VirtualNetwork } from '../../../../src/operations/networks/networkXml.ts';

const subnet = parseSubnet('192.168.100.0/24')!;
const nat: VirtualNetwork = {
  ...{ kind: 'nat', name: 'lan', ipv6: undefined },
  ipv4: { subnet, dhcp: { start: '192.168.100.2', end: '192.168.100.254' } },
};

describe('the definition of a network', () => {
  it('behind NAT has addresses and DHCP, the host the first of them', () => {
    assert.equal(
      networkXml(nat),
      `<network>
  <name>lan</name>
  <forward mode='nat'/>
  <bridge stp='on' delay='0'/>
  <ip address='192.168.100.1' prefix='24'>
    <dhcp>
      <range start='192.168.100.2' end='192.168.100.254'/>
    </dhcp>
  </ip>
</network>`,
    );
  });

  it('has what else is asked for', async () => {
    const xml = networkXml({
      ...nat,
      ipv6: { subnet: parseSubnet('fd00:1:2:3::/64')! },
      ...{ device: 'eth0', domain: 'lab.example', mtu: 9000, dns: false },
    });
    const model = await parseNetwork(xml);
    assert.deepEqual(
      [model.forwardMode, model.forwardDevice, model.dnsDomain, model.mtu],
      ['nat', 'eth0', 'lab.example', 9000],
    );
    assert.deepEqual(
      model.addresses.map(({ family, address, prefix, dhcp }) => [family, address, prefix, dhcp]),
      [
        ['ipv4', '192.168.100.1', 24, true],
        ['ipv6', 'fd00:1:2:3::1', 64, false],
      ],
    );
    assert.match(xml, /<nat ipv6='yes'\/>/);
    assert.match(xml, /<dns enable='no'\/>/);
  });

  it('says how guests get out: routed, by no rule of libvirt, or not at all', async () => {
    const mode = async (kind: VirtualNetwork['kind']): Promise<string | undefined> =>
      (await parseNetwork(networkXml({ ...nat, kind }))).forwardMode;
    assert.deepEqual(
      [await mode('nat'), await mode('route'), await mode('open'), await mode('isolated')],
      ['nat', 'route', 'open', undefined],
    );
    assert.equal((await parseNetwork(networkXml({ ...nat, ipv4: undefined }))).addresses.length, 0);
  });

  it('on what the host has names it', () => {
    const xml = (kind: 'bridge' | 'openvswitch' | 'macvtap'): string =>
      networkXml({ kind, name: 'lan', device: 'br0' }).replace(/\n */g, '');
    const start = "<network><name>lan</name><forward mode='bridge'";
    assert.equal(xml('bridge'), `${start}/><bridge name='br0'/></network>`);
    assert.equal(
      xml('openvswitch'),
      `${start}/><bridge name='br0'/><virtualport type='openvswitch'/></network>`,
    );
    assert.equal(xml('macvtap'), `${start}><interface dev='br0'/></forward></network>`);
  });

  it('keeps a hostile name as it is', async () => {
    const name = `a'b"<c>&$(x)%`;
    assert.equal((await parseNetwork(networkXml({ ...nat, name }))).name, name);
  });
});
