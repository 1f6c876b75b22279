import assert from 'node:assert/strict';
import {
  defineDomain,
  getDomainXml,
  listDomains,
  listDomainStates,
  listDomainStats,
} from '../../../src/libvirt/domains.ts';
import { LibvirtError } from '../../../src/libvirt/errors.ts';
import { subscribe } from '../../../src/libvirt/events.ts';
import { defineNetwork } from '../../../src/libvirt/networks.ts';
import { getConnectionFacts, getNodeCpuStats, getNodeInfo } from '../../../src/libvirt/node.ts';
import * as connect from '../../../src/libvirt/protocol/connect.ts';
import {
  connectListAllDomains,
  domainDefineXml,
  domainDefineXmlFlags,
  domainGetState,
  domainGetXmlDesc,
} from '../../../src/libvirt/protocol/domain.ts';
import { ListDomains } from '../../../src/libvirt/protocol/domainFlags.ts';
import { connectGetAllDomainStats, DomainStats } from '../../../src/libvirt/protocol/domainStats.ts';
import { DomainState } from '../../../src/libvirt/protocol/domainStates.ts';
import { ErrorCode } from '../../../src/libvirt/protocol/errorCodes.ts';
import { registerEvent } from '../../../src/libvirt/protocol/events.ts';
import { networkDefineXml, networkDefineXmlFlags } from '../../../src/libvirt/protocol/network.ts';
import { nodeGetCpuStats, nodeGetInfo } from '../../../src/libvirt/protocol/node.ts';
import { storagePoolDefineXml } from '../../../src/libvirt/protocol/storagePool.ts';
import { definePool } from '../../../src/libvirt/storagePools.ts';
import { decode } from '../../../src/libvirt/wire/xdrTypes.ts';
import { capturedAnswer } from './captured.ts';
import { connected } from './fakePeer.ts';

const uuid = '6695eb01-f6a4-8304-79aa-97f2502e193f';
const named = (name: string): { name: string; uuid: string; id: number } => ({ name, uuid, id: -1 });

describe('what libvirtd 9.0 sends', () => {
  it('is read as a list of domains', async () => {
    const { peer, connection } = connected();
    const domains = listDomains(connection, ListDomains.running);
    const call = await peer.nextCall(connectListAllDomains);
    assert.deepEqual(decode(connectListAllDomains.args, call.payload), { needResults: true, flags: 16 });
    peer.end.write(capturedAnswer('listDomains', call));
    assert.deepEqual(await domains, [{ name: 'test', uuid, id: 1 }]);
  });

  it('is read as the facts of a node', async () => {
    const { peer, connection } = connected();
    const info = getNodeInfo(connection);
    peer.end.write(capturedAnswer('nodeInfo', await peer.nextCall(nodeGetInfo)));
    assert.deepEqual(await info, {
      ...{ model: 'i686', memory: 3_145_728, cpus: 16, mhz: 1400 },
      ...{ nodes: 2, sockets: 2, cores: 2, threads: 2 },
    });
  });

  it('is read as statistics, asked for without waiting for a monitor', async () => {
    const { peer, connection } = connected();
    const stats = listDomainStats(connection, DomainStats.state | DomainStats.block);
    const call = await peer.nextCall(connectGetAllDomainStats);
    assert.deepEqual(decode(connectGetAllDomainStats.args, call.payload), {
      ...{ domains: [], stats: 33, flags: 0x2000_0000 },
    });
    peer.end.write(capturedAnswer('domainStats', call));
    const [first, ...others] = await stats;
    assert.deepEqual(others, []);
    assert.deepEqual(first?.domain, { name: 'test', uuid, id: 1 });
    assert.deepEqual(Object.fromEntries(first.values), { 'state.state': 3, 'state.reason': 1 });
  });
});

describe('the states of all domains', () => {
  it('come in one call', async () => {
    const { peer, connection } = connected();
    const states = listDomainStates(connection);
    peer.end.write(capturedAnswer('domainStats', await peer.nextCall(connectGetAllDomainStats)));
    assert.deepEqual(await states, [
      { domain: { name: 'test', uuid, id: 1 }, state: DomainState.paused, reason: 1 },
    ]);
  });

  for (const code of [ErrorCode.noSupport, ErrorCode.invalidArgument])
    it(`come by filters from a daemon that answers with error ${code}`, async () => {
      const { peer, connection } = connected();
      const states = listDomainStates(connection);
      peer.refuse(await peer.nextCall(connectGetAllDomainStats), { code });
      for (let list = 0; list < 4; list += 1) {
        const call = await peer.nextCall(connectListAllDomains);
        const { flags } = decode(connectListAllDomains.args, call.payload);
        peer.reply(call, connectListAllDomains, { domains: [named(`flag ${flags}`)], count: 1 });
      }
      peer.reply(await peer.nextCall(domainGetState), domainGetState, { state: 7, reason: 0 });
      assert.deepEqual(
        (await states).map(({ domain, state, reason }) => [domain.name, state, reason]),
        [
          ['flag 16', DomainState.running, 0],
          ['flag 32', DomainState.paused, 0],
          ['flag 64', DomainState.shutoff, 0],
          ['flag 128', DomainState.pmSuspended, 0],
        ],
      );
    });

  it('are an error when the daemon has another', async () => {
    const { peer, connection } = connected();
    const states = listDomainStates(connection);
    peer.refuse(await peer.nextCall(connectGetAllDomainStats), { code: ErrorCode.accessDenied });
    await assert.rejects(states, (error) => error instanceof LibvirtError && error.code === 88);
  });
});

describe('the XML of a domain', () => {
  for (const [options, flags] of [
    [{}, 0],
    [{ inactive: true }, 2],
    [{ secure: true }, 1],
    [{ inactive: true, secure: true }, 3],
  ] as const)
    it(`is asked for with the flags ${flags}`, async () => {
      const { peer, connection } = connected();
      const xml = getDomainXml(connection, named('a'), options);
      const call = await peer.nextCall(domainGetXmlDesc);
      assert.equal(decode(domainGetXmlDesc.args, call.payload).flags, flags);
      peer.reply(call, domainGetXmlDesc, { xml: '<domain/>' });
      assert.equal(await xml, '<domain/>');
    });
});

describe('defining', () => {
  const xml = '<domain/>';

  it('asks the daemon to check the XML', async () => {
    const { peer, connection } = connected();
    const defined = defineDomain(connection, xml);
    const call = await peer.nextCall(domainDefineXmlFlags);
    assert.deepEqual(decode(domainDefineXmlFlags.args, call.payload), { xml, flags: 1 });
    peer.reply(call, domainDefineXmlFlags, { domain: named('a') });
    assert.deepEqual(await defined, { ref: named('a'), validated: true });
  });

  it('does not go around the check', async () => {
    const { peer, connection } = connected();
    const defined = defineDomain(connection, xml);
    peer.refuse(await peer.nextCall(domainDefineXmlFlags), { code: ErrorCode.xmlInvalidSchema });
    await assert.rejects(defined, (error) => error instanceof LibvirtError && error.code === 92);
    assert.equal(peer.unread.length, 0);
  });

  it('a domain falls back to the old procedure', async () => {
    const { peer, connection } = connected();
    const defined = defineDomain(connection, xml);
    peer.end.write(capturedAnswer('unknownProcedure', await peer.nextCall(domainDefineXmlFlags)));
    peer.reply(await peer.nextCall(domainDefineXml), domainDefineXml, { domain: named('a') });
    assert.deepEqual(await defined, { ref: named('a'), validated: false });
  });

  it('a network falls back to the old procedure', async () => {
    const { peer, connection } = connected();
    const defined = defineNetwork(connection, xml);
    peer.end.write(capturedAnswer('unknownProcedure', await peer.nextCall(networkDefineXmlFlags)));
    peer.reply(await peer.nextCall(networkDefineXml), networkDefineXml, { network: { name: 'n', uuid } });
    assert.deepEqual(await defined, { ref: { name: 'n', uuid }, validated: false });
  });

  it('a pool falls back to no flag', async () => {
    const { peer, connection } = connected();
    const defined = definePool(connection, xml);
    const message = 'unsupported flags (0x1) in function storagePoolDefineXML';
    peer.refuse(await peer.nextCall(storagePoolDefineXml), { code: ErrorCode.invalidArgument, message });
    const call = await peer.nextCall(storagePoolDefineXml);
    assert.equal(decode(storagePoolDefineXml.args, call.payload).flags, 0);
    peer.reply(call, storagePoolDefineXml, { pool: { name: 'p', uuid } });
    assert.deepEqual(await defined, { ref: { name: 'p', uuid }, validated: false });
  });
});

describe('subscribing', () => {
  it('asks for all events at once and tells which of them are refused', async () => {
    const { peer, connection } = connected();
    const refused = subscribe(connection, [
      { object: 'domain', kind: 'lifecycle' },
      { object: 'pool', kind: 'refresh' },
      { object: 'secret', kind: 'valueChanged' },
    ]);
    const calls = [await peer.next(), await peer.next(), await peer.next()];
    assert.deepEqual(
      calls.map(({ procedure, payload }) => [procedure, payload.toString('hex')]),
      [
        [316, '0000000000000000'],
        [368, '0000000100000000'],
        [380, '0000000100000000'],
      ],
    );
    peer.refuse(calls[1]!, { code: ErrorCode.noSupport });
    peer.reply(calls[0]!, registerEvent.domain, { callbackId: 0 });
    peer.reply(calls[2]!, registerEvent.secret, { callbackId: 0 });
    const [first, ...others] = await refused;
    assert.deepEqual(first?.subscription, { object: 'pool', kind: 'refresh' });
    assert.equal(first.error.code, ErrorCode.noSupport);
    assert.deepEqual(others, []);
  });

  it('rejects when the connection ends', async () => {
    const { peer, connection } = connected();
    const refused = subscribe(connection, [{ object: 'domain', kind: 'lifecycle' }]);
    await peer.next();
    peer.end.end();
    await assert.rejects(refused, /closed the connection/);
  });
});

describe('the facts of a connection', () => {
  it('have versions as text', async () => {
    const { peer, connection } = connected();
    const facts = getConnectionFacts(connection);
    peer.reply(await peer.nextCall(connect.connectGetHostname), connect.connectGetHostname, {
      hostname: 'h',
    });
    peer.reply(await peer.nextCall(connect.connectGetUri), connect.connectGetUri, { uri: 'qemu:///system' });
    peer.reply(await peer.nextCall(connect.connectGetType), connect.connectGetType, { type: 'QEMU' });
    peer.reply(await peer.nextCall(connect.connectGetVersion), connect.connectGetVersion, {
      version: 7_002_022,
    });
    peer.reply(await peer.nextCall(connect.connectGetLibVersion), connect.connectGetLibVersion, {
      version: 11_003_000,
    });
    assert.deepEqual(await facts, {
      ...{ hostname: 'h', uri: 'qemu:///system', type: 'QEMU' },
      ...{ hypervisorVersion: '7.2.22', libvirtVersion: '11.3.0' },
    });
  });

  it('include counters, as many as the driver has', async () => {
    const { peer, connection } = connected();
    const stats = getNodeCpuStats(connection);
    peer.reply(await peer.nextCall(nodeGetCpuStats), nodeGetCpuStats, { params: [], count: 2 });
    const call = await peer.nextCall(nodeGetCpuStats);
    assert.deepEqual(decode(nodeGetCpuStats.args, call.payload), { cpu: -1, count: 2, flags: 0 });
    const params = [
      { field: 'user', value: 1n },
      { field: 'idle', value: 2n ** 60n },
    ];
    peer.reply(call, nodeGetCpuStats, { params, count: 2 });
    assert.deepEqual(Object.fromEntries(await stats), { user: 1n, idle: 2n ** 60n });
  });
});
