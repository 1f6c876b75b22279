import assert from 'node:assert/strict';
import { setInterfaceBandwidth } from '../../../src/libvirt/domainDevices.ts';
import { DomainAffect } from '../../../src/libvirt/protocol/domainFlags.ts';
import { detachAndVerify } from '../../../src/operations/devices/detachDevice.ts';
import {
  attachAndVerify,
  updateAndVerify,
  type DomainPlace,
} from '../../../src/operations/devices/deviceChange.ts';
import { hostDeviceElement, listGivableDevices } from '../../../src/operations/devices/hostDevices.ts';
import {
  freshMac,
  linkChange,
  networkCardElement,
  sourceChange,
} from '../../../src/operations/devices/networkCard.ts';
import { bridgeNetworkXml } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { guestSays, placeOf, untilBooted } from './place.ts';

describe('network interfaces and host devices of a real domain', function () {
  this.timeout(60_000);
  let host: LabHost;
  let web1: DomainPlace;
  const mac = freshMac(new Set());
  const card = { kind: 'interface', mac } as const;

  before(async () => {
    host = (await sharedLab()).host('kvm1');
    web1 = await placeOf(host, 'web1');
    await untilBooted(host);
  });

  after(() => {
    web1.connection.dispose();
  });

  const interfaces = async (...flags: string[]): Promise<string> =>
    (await host.virsh('domiflist', 'web1', ...flags)).replace(/ +/g, ' ');

  it('are attached to the running domain and its definition, and seen by the guest', async () => {
    const element = networkCardElement({
      ...{ mac, model: 'virtio', source: { type: 'network', network: 'default', portgroup: undefined } },
    });
    await attachAndVerify(web1, element, card, 'both');
    assert.match(await interfaces(), new RegExp(`network default virtio ${mac}`));
    assert.match(await interfaces('--inactive'), new RegExp(`network default virtio ${mac}`));
    await eventually('the guest has the card', async () =>
      (await guestSays(web1, 'cat /sys/class/net/*/address')).includes(mac),
    );
  });

  it('have a cable that is plugged out and in', async () => {
    await updateAndVerify(web1, card, linkChange('down'), 'both');
    assert.match(await host.virsh('domif-getlink', 'web1', mac), / down/);
    assert.match(await host.virsh('domif-getlink', 'web1', mac, '--config'), / down/);
    await updateAndVerify(web1, card, linkChange('up'), 'both');
    assert.match(await host.virsh('domif-getlink', 'web1', mac), / up/);
  });

  it('are limited at the next start: the kernel of the lab cannot limit a card that is in use', async () => {
    const { connection, domain } = web1;
    const flags = DomainAffect.config;
    await setInterfaceBandwidth(connection, domain, mac, { inbound: 1000, outbound: 500 }, flags);
    const told = await host.virsh('domiftune', 'web1', mac, '--config');
    assert.match(told, /inbound.average: 1000/);
    assert.match(told, /outbound.average: 500/);
    await setInterfaceBandwidth(connection, domain, mac, { inbound: 0, outbound: 0 }, flags);
    assert.match(await host.virsh('domiftune', 'web1', mac, '--config'), /inbound.average: 0/);
  });

  it('are plugged into a bridge while the domain runs', async () => {
    await updateAndVerify(web1, card, sourceChange({ type: 'bridge', bridge: 'virbr0' }), 'both');
    assert.match(await interfaces(), new RegExp(`bridge virbr0 virtio ${mac}`));
    assert.match(await interfaces('--inactive'), new RegExp(`bridge virbr0 virtio ${mac}`));
    const back = sourceChange({ type: 'network', network: 'default', portgroup: undefined });
    await updateAndVerify(web1, card, back, 'both');
    assert.match(await interfaces(), new RegExp(`network default virtio ${mac}`));
  });

  it('are plugged into a network of a bridge, which a running domain calls a bridge', async () => {
    const xml = bridgeNetworkXml('bridged', 'virbr0');
    await host.virsh('net-define', await host.writeXml('bridged', xml));
    await host.virsh('net-start', 'bridged');
    const bridged = sourceChange({ type: 'network', network: 'bridged', portgroup: undefined });
    await updateAndVerify(web1, card, bridged, 'both');
    assert.match(await interfaces('--inactive'), new RegExp(`network bridged virtio ${mac}`));
    const back = sourceChange({ type: 'network', network: 'default', portgroup: undefined });
    await updateAndVerify(web1, card, back, 'both');
    await host.virsh('net-destroy', 'bridged');
    await host.virsh('net-undefine', 'bridged');
  });

  it('are refused in words where the network is not active', async () => {
    const storage = sourceChange({ type: 'network', network: 'storage', portgroup: undefined });
    await assert.rejects(updateAndVerify(web1, card, storage, 'live'), /storage/);
  });

  it('are detached, and the guest lets go', async () => {
    assert.equal(await detachAndVerify(web1, card, 'both'), 'both');
    assert.doesNotMatch(await interfaces(), new RegExp(mac));
    assert.doesNotMatch(await interfaces('--inactive'), new RegExp(mac));
  });

  it('are devices of the host, without what the host itself is made of', async () => {
    const devices = await listGivableDevices(web1.connection);
    const names = (await host.virsh('nodedev-list', '--cap', 'pci'))
      .split('\n')
      .filter((line) => line !== '');
    assert.ok(devices.length > 0 && devices.length < names.length);
    assert.ok(
      devices.every(({ place }) => place !== '0000:00:00.0'),
      'the host bridge is not to be given away',
    );
    assert.ok(devices.some(({ driver }) => driver === 'virtio-pci'));
  });

  it('are given for the next start, and refused in words where the host has no IOMMU', async () => {
    const [device] = await listGivableDevices(web1.connection);
    assert.ok(device);
    const { source } = device;
    const key = { kind: 'hostdev', source } as const;
    const element = hostDeviceElement(source);
    await assert.rejects(attachAndVerify(web1, element, key, 'live'), { code: 'no-passthrough' });
    await attachAndVerify(web1, element, key, 'next');
    assert.match(
      await host.virsh('dumpxml', 'web1', '--inactive'),
      /<hostdev mode='subsystem' type='pci' managed='yes'>/,
    );
    assert.equal(await detachAndVerify(web1, key, 'both'), 'next');
    assert.doesNotMatch(await host.virsh('dumpxml', 'web1', '--inactive'), /<hostdev/);
  });
});
