import assert from 'node:assert/strict';
import { parseDomain, type DomainModel } from '../../../../src/libvirt/model/domain.ts';
import {
  busesFor,
  canHotplug,
  freePlace,
  freeTarget,
  isTargetOf,
} from '../../../../src/operations/devices/diskPlaces.ts';

function domainWith(devices: string, machine = 'pc-q35-7.2', arch = 'x86_64'): Promise<DomainModel> {
  return parseDomain(`<domain type='qemu'><name>vm</name>
    <os><type arch='${arch}' machine='${machine}'>hvm</type></os><devices>${devices}</devices></domain>`);
}

const disk = (target: string, bus: string, address = ''): string =>
  `<disk type='file' device='disk'><source file='/x'/><target dev='${target}' bus='${bus}'/>${address}</disk>`;
const unit = (controller: number, number: number): string =>
  `<address type='drive' controller='${controller}' bus='0' target='0' unit='${number}'/>`;

describe('the place of a new disk', () => {
  it('is the first name that is free now and at the next start', async () => {
    const now = await domainWith(disk('vda', 'virtio') + disk('vdc', 'virtio'));
    const next = await domainWith(disk('vda', 'virtio') + disk('vdb', 'virtio'));
    assert.equal(freeTarget('virtio', [now]), 'vdb');
    assert.equal(freeTarget('virtio', [now, next]), 'vdd');
    assert.equal(freeTarget('ide', [now]), 'hda');
  });

  it('goes on after z', async () => {
    const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index));
    const full = await domainWith(letters.map((letter) => disk(`vd${letter}`, 'virtio')).join(''));
    assert.equal(freeTarget('virtio', [full]), 'vdaa');
  });

  it('on SCSI is a free unit of a virtio controller', async () => {
    const domain = await domainWith(
      `<controller type='scsi' index='0' model='lsilogic'/><controller type='scsi' index='1' model='virtio-scsi'/>` +
        disk('sda', 'scsi', unit(1, 0)) +
        disk('sdb', 'scsi', unit(1, 2)) +
        disk('sdc', 'sata', unit(1, 1)),
    );
    assert.deepEqual(freePlace('scsi', [domain]), {
      ...{ bus: 'scsi', target: 'sdd', controller: undefined },
      drive: { controller: 1, bus: 0, target: 0, unit: 1 },
    });
  });

  it('on SCSI comes with a controller where not both, what runs and the definition, have one', async () => {
    const now = await domainWith(`<controller type='scsi' index='0' model='virtio-scsi'/>`);
    const next = await domainWith('');
    const { controller, drive } = freePlace('scsi', [now, next]);
    assert.deepEqual(controller?.attributes, { type: 'scsi', index: '1', model: 'virtio-scsi' });
    assert.equal(drive?.controller, 1);
  });

  const machines: readonly (readonly [machine: string, arch: string, disks: string[], cdroms: string[]])[] = [
    ['pc-q35-7.2', 'x86_64', ['virtio', 'scsi', 'sata', 'usb'], ['sata', 'scsi', 'usb']],
    ['pc-i440fx-7.2', 'x86_64', ['virtio', 'scsi', 'ide', 'sata', 'usb'], ['ide', 'sata', 'scsi', 'usb']],
    ['virt-7.2', 'aarch64', ['virtio', 'scsi', 'usb'], ['scsi', 'usb']],
  ];
  for (const [machine, arch, disks, cdroms] of machines) {
    it(`is on the buses that ${machine} has`, async () => {
      const domain = await domainWith('', machine, arch);
      assert.deepEqual([busesFor('disk', domain), busesFor('cdrom', domain)], [disks, cdroms]);
    });
  }

  it('can be taken while the domain runs on some buses only', () => {
    assert.deepEqual((['virtio', 'scsi', 'usb', 'sata', 'ide', 'fdc'] as const).filter(canHotplug), [
      'virtio',
      'scsi',
      'usb',
    ]);
  });

  it('has a name of its bus', () => {
    assert.ok(isTargetOf('virtio', 'vdz'));
    for (const name of ['sda', 'vd', 'vdA', 'vda1', 'vda\n', '-vda', 'vdaaaa'])
      assert.equal(isTargetOf('virtio', name), false, name);
  });
});
