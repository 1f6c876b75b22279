import assert from 'node:assert/strict';
import { parseNetwork } from '../../../../src/libvirt/model/network.ts';
import { NetworkUpdateCommand, NetworkUpdateSection } from '../../../../src/libvirt/protocol/network.ts';
import {
  isHostName,
  releaseAddress,
  reserveAddress,
  setDhcpRanges,
} from '../../../../src/operations/networks/addressChanges.ts';

const { addLast, delete: remove, modify } = NetworkUpdateCommand;

describe('the change of a network’s addresses', () => {
  const read = () =>
    parseNetwork(`<network><name>lan</name>
      <ip family='ipv6' address='fd00::1' prefix='64'/>
      <ip address='10.0.0.1' prefix='24'><dhcp><range start='10.0.0.50' end='10.0.0.60'/>
        <range start='10.0.0.70' end='10.0.0.80'/>
        <host mac='52:54:00:00:00:01' name='web' ip='10.0.0.10'/></dhcp></ip></network>`);
  const host = (ip: string, mac: string, name?: string) => ({ ip, mac, name, id: undefined });

  it('names the <ip> that it belongs to, counted from 0', async () => {
    const model = await read();
    assert.deepEqual(reserveAddress(host('10.0.0.11', '52:54:00:00:00:02', 'a"b')).steps(model), [
      {
        ...{ command: addLast, section: NetworkUpdateSection.ipDhcpHost, parentIndex: 1 },
        xml: `<host mac='52:54:00:00:00:02' name='a"b' ip='10.0.0.11'/>`,
      },
    ]);
    const v6 = { mac: undefined, id: '00:01', name: undefined, ip: 'fd00::5' };
    assert.equal(reserveAddress(v6).steps(model)[0]?.parentIndex, 0);
  });

  it('changes the entry that the guest has already', async () => {
    const model = await read();
    const moved = reserveAddress(host('10.0.0.12', '52:54:00:00:00:01', 'web'));
    assert.deepEqual(
      moved.steps(model).map(({ command }) => command),
      [modify],
    );
    assert.equal(moved.isDone(model), false);
    const same = reserveAddress(host('10.0.0.10', '52:54:00:00:00:01', 'web'));
    assert.deepEqual(same.steps(model), []);
    assert.equal(same.isDone(model), true);
    assert.throws(() => reserveAddress(host('10.0.0.10', '52:54:00:00:00:02')).steps(model), {
      message: '10.0.0.10 is kept for web already.',
    });
  });

  it('takes away only what is there', async () => {
    const model = await read();
    const there = releaseAddress(host('10.0.0.10', '52:54:00:00:00:01', 'web'));
    assert.deepEqual(
      there.steps(model).map(({ command, parentIndex }) => [command, parentIndex]),
      [[remove, 1]],
    );
    assert.deepEqual(releaseAddress(host('10.0.0.10', '52:54:00:00:00:09')).steps(model), []);
  });

  it('adds ranges before it takes others away', async () => {
    const ranges = [
      { start: '10.0.0.70', end: '10.0.0.80' },
      { start: '10.0.0.90', end: '10.0.0.99' },
    ];
    const steps = setDhcpRanges('10.0.0.1', ranges).steps(await read());
    assert.deepEqual(
      steps.map(({ command, parentIndex, xml }) => [command, parentIndex, xml]),
      [
        [addLast, 1, "<range start='10.0.0.90' end='10.0.0.99'/>"],
        [remove, 1, "<range start='10.0.0.50' end='10.0.0.60'/>"],
      ],
    );
  });

  it('gives no name that no DNS can have', () => {
    assert.deepEqual(['web1', '1web', 'a.b-c'].filter(isHostName).length, 3);
    assert.deepEqual(['', '*', '-x', 'x-', 'a b', 'a_b', "x'/>", 'ü'].filter(isHostName), []);
  });
});
