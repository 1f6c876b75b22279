import assert from 'node:assert/strict';
import { parseXml } from '../../../../src/libvirt/model/element.ts';
import { deviceXml, editable, withChild } from '../../../../src/operations/devices/deviceElement.ts';
import { findDevice } from '../../../../src/operations/devices/deviceKey.ts';
import { diskDriveElement, type DiskDrive } from '../../../../src/operations/devices/diskDrive.ts';
import { ioLimitsRefusal } from '../../../../src/operations/devices/ioLimits.ts';
import { affectFlags, possibleEffects } from '../../../../src/operations/devices/effect.ts';
import { freshMac, linkChange, sourceChange } from '../../../../src/operations/devices/networkCard.ts';

const drive: DiskDrive = {
  device: 'disk',
  source: { kind: 'file', path: "/a 'b' & <c>.img", format: 'raw' },
  place: { bus: 'virtio', target: 'vdb', drive: undefined, controller: undefined },
  ...{ cache: 'none', discard: 'unmap', serial: 'S1', readOnly: false, shareable: true },
};

describe('the XML of a device', () => {
  it('of a disk has what was chosen, whatever its path', () => {
    assert.equal(
      deviceXml(diskDriveElement(drive)),
      [
        `<disk type='file' device='disk'>`,
        `  <driver name='qemu' type='raw' cache='none' discard='unmap'/>`,
        `  <source file='/a &apos;b&apos; &amp; &lt;c&gt;.img'/>`,
        `  <target dev='vdb' bus='virtio'/>`,
        `  <shareable/>`,
        `  <serial>S1</serial>`,
        `</disk>`,
      ].join('\n'),
    );
  });

  it('of an RBD disk names every monitor and the secret by its UUID', () => {
    const xml = deviceXml(
      diskDriveElement({
        ...drive,
        source: {
          ...{ kind: 'rbd', image: 'pool/image' },
          monitors: [
            { name: '10.0.0.1', port: 6789 },
            { name: 'fd00::1', port: undefined },
          ],
          auth: { username: 'libvirt', secretUuid: 'u-u-i-d' },
        },
      }),
    );
    assert.match(xml, /^<disk type='network'/);
    assert.match(xml, /<host name='10\.0\.0\.1' port='6789'\/>\n\s*<host name='fd00::1'\/>/);
    assert.match(xml, /<auth username='libvirt'>\s*<secret type='ceph' uuid='u-u-i-d'\/>/);
  });

  it('of an encrypted disk names the secret of its passphrase, of an empty drive no source', () => {
    const source = { kind: 'file', path: '/luks.img', format: 'raw', luksSecret: 'uuid' } as const;
    assert.match(
      deviceXml(diskDriveElement({ ...drive, source })),
      /<encryption format='luks'>\s*<secret type='passphrase' uuid='uuid'\/>/,
    );
    const empty = deviceXml(diskDriveElement({ ...drive, device: 'cdrom', source: undefined }));
    assert.doesNotMatch(empty, /<source/);
    assert.match(empty, /<readonly\/>/);
  });

  it('is changed in one place and otherwise as libvirt wrote it', async () => {
    const xml = `<interface type='network'>
  <mac address='52:54:00:00:00:01'/>
  <source network='a' portid='x' bridge='virbr0'/>
  <bandwidth>
    <inbound average='100'/>
  </bandwidth>
  <target dev='vnet0'/>
  <model type='virtio'/>
</interface>`;
    const element = await parseXml(xml);
    assert.equal(deviceXml(editable(element)), xml);
    const down = deviceXml(linkChange('down').change(element));
    assert.match(down, /<link state='down'\/>/);
    assert.match(down, /<inbound average='100'\/>/);
    const moved = deviceXml(sourceChange({ type: 'bridge', bridge: 'br0' }).change(element));
    assert.match(moved, /^<interface type='bridge'>/);
    assert.match(moved, /<source bridge='br0'\/>/);
    assert.doesNotMatch(moved, /vnet0|portid/);
    assert.match(moved, /<inbound average='100'\/>/);
    assert.equal(deviceXml(withChild({ name: 'a' }, 'b', undefined)), '<a/>');
  });

  it('is found by its target, MAC address or place', async () => {
    const domain = `<domain><devices><disk type='file'><target dev='vda'/></disk>
      <interface type='user'><mac address='52:54:00:AA:00:01'/></interface>
      <hostdev type='usb'><source><vendor id='0x1'/><product id='0x2'/><address bus='1' device='2'/></source>
      </hostdev></devices></domain>`;
    const usb = { type: 'usb', vendor: '0x1', product: '0x2', bus: undefined, device: undefined } as const;
    for (const [key, found] of [
      [{ kind: 'disk', target: 'vda' }, true],
      [{ kind: 'disk', target: 'vdb' }, false],
      [{ kind: 'interface', mac: '52:54:00:aa:00:01' }, true],
      [{ kind: 'hostdev', source: usb }, true],
      [{ kind: 'hostdev', source: { ...usb, bus: 1, device: 3 } }, false],
      [{ kind: 'hostdev', source: { ...usb, vendor: '0x9' } }, false],
    ] as const)
      assert.equal((await findDevice(domain, key)) !== undefined, found, JSON.stringify(key));
  });
});

describe('a new MAC address', () => {
  it('is one of QEMU’s that is not taken', () => {
    const macs = new Set(Array.from({ length: 50 }, () => freshMac(new Set())));
    assert.equal(macs.size, 50);
    for (const mac of macs) assert.match(mac, /^52:54:00(:[0-9a-f]{2}){3}$/);
  });
});

describe('when a change takes effect', () => {
  it('depends on what the domain is', () => {
    assert.deepEqual(possibleEffects({ active: true, persistent: true }), ['both', 'next', 'live']);
    assert.deepEqual(possibleEffects({ active: true, persistent: false }), ['live']);
    assert.deepEqual(possibleEffects({ active: false, persistent: true }), ['next']);
    assert.deepEqual(affectFlags, { live: 1, next: 2, both: 3 });
  });
});

describe('limits of a disk', () => {
  it('are refused where QEMU would refuse them', () => {
    assert.equal(ioLimitsRefusal(new Map()), undefined);
    assert.equal(ioLimitsRefusal(new Map([['read_iops_sec', 1]] as const)), undefined);
    assert.match(
      ioLimitsRefusal(
        new Map([
          ['total_bytes_sec', 5],
          ['write_bytes_sec', 5],
        ] as const),
      ) ?? '',
      /either the total/,
    );
    assert.match(ioLimitsRefusal(new Map([['total_iops_sec_max', 5]] as const)) ?? '', /needs a limit/);
    assert.match(
      ioLimitsRefusal(
        new Map([
          ['total_iops_sec', 10],
          ['total_iops_sec_max', 5],
        ] as const),
      ) ?? '',
      /more than its limit/,
    );
  });
});
