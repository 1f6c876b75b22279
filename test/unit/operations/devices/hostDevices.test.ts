import assert from 'node:assert/strict';
import { parseNodeDevice } from '../../../../src/libvirt/model/nodeDevice.ts';
import { deviceXml } from '../../../../src/operations/devices/deviceElement.ts';
import {
  givableDevices,
  hostDeviceElement,
  type GivableDevice,
} from '../../../../src/operations/devices/hostDevices.ts';

const pci = (name: string, bus: number, more = '', cls = '0x020000'): string => `<device><name>${name}</name>
  <parent>computer</parent><driver><name>igb</name></driver><capability type='pci'><class>${cls}</class>
  <domain>0</domain><bus>${bus}</bus><slot>0</slot><function>0</function>
  <product id='0x1521'>I350 Gigabit</product><vendor id='0x8086'>Intel Corporation</vendor>${more}</capability></device>`;
const usb = (name: string, vendor: string, device: number): string => `<device><name>${name}</name>
  <parent>usb_usb1</parent><driver><name>usb</name></driver><capability type='usb_device'><bus>1</bus>
  <device>${device}</device><product id='0x0001'/><vendor id='${vendor}'/></capability></device>`;
const group = `<iommuGroup number='7'><address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
  <address domain='0x0000' bus='0x3b' slot='0x00' function='0x1'/></iommuGroup>`;

async function givable(...xmls: readonly string[]): Promise<readonly GivableDevice[]> {
  return givableDevices(await Promise.all(xmls.map(parseNodeDevice)));
}

describe('the devices that a host can give away', () => {
  it('are named by their makers, with who uses them and what has to go along', async () => {
    const [card] = await givable(
      pci('pci_0000_3b_00_0', 0x3b, group),
      `<device><name>net_eth0</name><parent>pci_0000_3b_00_0</parent><capability type='net'>
        <interface>eth0</interface></capability></device>`,
    );
    assert.deepEqual(card, {
      source: { type: 'pci', address: { domain: 0, bus: 0x3b, slot: 0, function: 0 } },
      ...{ label: 'Intel Corporation I350 Gigabit', place: '0000:3b:00.0', driver: 'igb' },
      ...{ usedAs: ['eth0'], companions: ['0000:3b:00.1'] },
    });
  });

  it('are used through what is below them, however deep', async () => {
    const [controller] = await givable(
      pci('pci_hba', 1, '', '0x010700'),
      `<device><name>scsi_host0</name><parent>pci_hba</parent><capability type='scsi_host'/></device>`,
      `<device><name>block_sda</name><parent>scsi_host0</parent><capability type='storage'>
        <block>/dev/sda</block></capability></device>`,
    );
    assert.deepEqual(controller?.usedAs, ['/dev/sda']);
  });

  it('are no bridges and no root hubs', async () => {
    const found = await givable(pci('bridge', 0, '', '0x060400'), usb('hub', '0x1d6b', 1));
    assert.deepEqual(found, []);
  });

  it('of USB are named by what they are, twins by where they are', async () => {
    const [one] = await givable(usb('a', '0x0951', 3));
    assert.deepEqual(one?.source, {
      ...{ type: 'usb', vendor: '0x0951', product: '0x0001', bus: undefined, device: undefined },
    });
    assert.equal(one.label, '0951:0001');
    const twins = await givable(usb('a', '0x0951', 3), usb('b', '0x0951', 4));
    assert.deepEqual(
      twins.map(({ source }) => source.type === 'usb' && source.device),
      [3, 4],
    );
  });

  it('are written as libvirt takes them', () => {
    const address = { domain: 0, bus: 0x3b, slot: 0x1f, function: 7 };
    assert.match(
      deviceXml(hostDeviceElement({ type: 'pci', address })),
      /<address domain='0x0000' bus='0x3b' slot='0x1f' function='0x7'\/>/,
    );
    const device = { type: 'usb', vendor: '0x1', product: '0x2', bus: 1, device: 4 } as const;
    assert.match(
      deviceXml(hostDeviceElement(device)),
      /<vendor id='0x1'\/>\s*<product id='0x2'\/>\s*<address bus='1' device='4'\/>/,
    );
  });
});
