import assert from 'node:assert/strict';
import { parseNetwork } from '../../../../src/libvirt/model/network.ts';
import type { DhcpLease } from '../../../../src/libvirt/networks.ts';
import { networkClients } from '../../../../src/operations/networks/networkClients.ts';

const lease = (address: string, more: Partial<DhcpLease> = {}): DhcpLease => ({
  ...{ interface: 'virbr0', expiryTime: 1_700_000_000n, type: 0, mac: undefined, iaid: undefined },
  ...{ address, prefix: 24, hostname: undefined, clientId: undefined },
  ...more,
});

describe('who has which address of a network', () => {
  const read = () =>
    parseNetwork(`<network><name>lan</name>
      <ip address='10.0.0.1' prefix='24'><dhcp>
        <host mac='52:54:00:00:00:01' name='web' ip='10.0.0.100'/>
        <host mac='52:54:00:00:00:02' name='db' ip='10.0.0.20'/></dhcp></ip>
      <ip family='ipv6' address='fd00::1' prefix='64'><dhcp><host id='0:1:2' name='v6' ip='fd00::7'/></dhcp></ip>
    </network>`);

  it('is told by leases and by what is kept, in the order of the addresses', async () => {
    const leases = [
      lease('10.0.0.30', { mac: '52:54:00:00:00:09', hostname: 'guest' }),
      lease('10.0.0.9', { mac: '52:54:00:00:00:01' }),
      lease('fd00::7', { type: 1, clientId: '00:01:02', expiryTime: 0n }),
    ];
    const clients = networkClients(leases, await read());
    assert.deepEqual(
      clients.map(({ ip, mac, leaseEnds, reservation }) => [ip, mac, leaseEnds, reservation?.name]),
      [
        ['10.0.0.9', '52:54:00:00:00:01', 1_700_000_000, 'web'],
        ['10.0.0.20', '52:54:00:00:00:02', undefined, 'db'],
        ['10.0.0.30', '52:54:00:00:00:09', 1_700_000_000, undefined],
        ['fd00::7', undefined, 0, 'v6'],
      ],
    );
    assert.equal(clients[0]?.reservation?.ip, '10.0.0.100');
  });

  it('takes a MAC address in capitals for the same', async () => {
    const [client] = networkClients([lease('10.0.0.2', { mac: '52:54:00:00:00:0A' })], {
      addresses: (
        await parseNetwork(`<network><ip address='10.0.0.1' prefix='24'><dhcp>
          <host mac='52:54:00:00:00:0a' ip='10.0.0.2'/></dhcp></ip></network>`)
      ).addresses,
    });
    assert.equal(client?.reservation?.ip, '10.0.0.2');
  });

  it('is nobody where there is nothing', () => {
    assert.deepEqual(networkClients([], { addresses: [] }), []);
  });
});
