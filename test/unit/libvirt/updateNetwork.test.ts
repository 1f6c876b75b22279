import assert from 'node:assert/strict';
import { updateNetwork } from '../../../src/libvirt/networks.ts';
import { connectSupportsFeature } from '../../../src/libvirt/protocol/connect.ts';
import {
  networkUpdate,
  NetworkUpdate,
  NetworkUpdateCommand,
  NetworkUpdateSection,
} from '../../../src/libvirt/protocol/network.ts';
import { decode } from '../../../src/libvirt/wire/xdrTypes.ts';
import { connected } from './fakePeer.ts';

describe('the update of a network', () => {
  const network = { name: 'lan', uuid: '6695eb01-f6a4-8304-79aa-97f2502e193f' };
  const change = {
    ...{ command: NetworkUpdateCommand.delete, section: NetworkUpdateSection.dnsHost },
    ...{ parentIndex: -1, xml: '<host/>' },
  };

  for (const [supported, command, section] of [
    [true, 2, 10],
    // As libvirt's own client does with a daemon before 7.2.
    [false, 10, 2],
  ] as const) {
    it(`says what and where in the order that the daemon ${supported ? 'documents' : 'had once'}`, async () => {
      const { peer, connection } = connected();
      const updating = updateNetwork(connection, network, change, NetworkUpdate.live);
      const asked = await peer.nextCall(connectSupportsFeature);
      assert.deepEqual(decode(connectSupportsFeature.args, asked.payload), { feature: 16 });
      peer.reply(asked, connectSupportsFeature, { supported });
      const call = await peer.nextCall(networkUpdate);
      assert.deepEqual(decode(networkUpdate.args, call.payload), {
        ...{ network, command, section, parentIndex: -1, xml: '<host/>', flags: 1 },
      });
      peer.reply(call, networkUpdate, {});
      await updating;
    });
  }
});
