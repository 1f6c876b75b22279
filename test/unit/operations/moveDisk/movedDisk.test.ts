import assert from 'node:assert/strict';
import { parseXml } from '../../../../src/libvirt/model/element.ts';
import { deviceXml } from '../../../../src/operations/devices/deviceElement.ts';
import type { AttachableSource } from '../../../../src/operations/devices/diskStorage.ts';
import { movedDisk } from '../../../../src/operations/moveDisk/movedDisk.ts';
import { refusalToMove } from '../../../../src/operations/moveDisk/refusalToMove.ts';

const image: AttachableSource = {
  kind: 'rbd',
  image: `vms/a&b'c`,
  monitors: [
    { name: '10.0.0.1', port: 6789 },
    { name: 'mon2', port: undefined },
  ],
  auth: { username: 'libvirt', secretUuid: '3f2b1c9a-7d54-4e0b-9a16-5c8e2d7f4b60' },
};
const file: AttachableSource = { kind: 'file', path: '/srv/a.qcow2', format: 'qcow2' };

async function moved(disk: string, to: AttachableSource, renewAddress = false): Promise<string> {
  return deviceXml(movedDisk(await parseXml(disk), to, { renewAddress }));
}

const full = `<disk type='file' device='disk' snapshot='internal' model='virtio-transitional'>
  <driver name='qemu' type='qcow2' cache='none' io='native' queues='2' iothread='1' copy_on_read='on'>
    <metadata_cache><max_size unit='bytes'>1024</max_size></metadata_cache>
  </driver>
  <source file='/srv/old.qcow2' startupPolicy='optional'><seclabel model='dac' relabel='no'/></source>
  <backingStore type='file'><format type='raw'/><source file='/srv/base'/></backingStore>
  <blockio logical_block_size='4096'/>
  <target dev='vda' bus='virtio'/>
  <iotune><total_iops_sec>100</total_iops_sec></iotune>
  <serial>S-1</serial>
  <wwn>5000c50015ea71aa</wwn>
  <boot order='1'/>
  <address type='pci' domain='0x0000' bus='0x04' slot='0x00' function='0x0'/>
</disk>`;

describe('a disk that is moved', () => {
  it('has the image with every monitor and the login, and nothing of the file', async () => {
    const xml = await moved(full, image);
    assert.match(xml, /<disk type='network' device='disk' model='virtio-transitional'>/);
    assert.match(
      xml,
      /<driver name='qemu' type='raw' cache='none' queues='2' iothread='1' discard='unmap'\/>/,
    );
    assert.match(xml, /<source protocol='rbd' name='vms\/a&amp;b&apos;c'>/);
    assert.match(xml, /<host name='10\.0\.0\.1' port='6789'\/>\s*<host name='mon2'\/>/);
    assert.match(xml, /<auth username='libvirt'>\s*<secret type='ceph' uuid='3f2b1c9a/);
    assert.doesNotMatch(xml, /backingStore|seclabel|startupPolicy|metadata_cache|old\.qcow2/);
  });

  it('is the same disk to the guest', async () => {
    const xml = await moved(full, image);
    for (const kept of [
      "<blockio logical_block_size='4096'/>",
      "<target dev='vda' bus='virtio'/>",
      '<total_iops_sec>100</total_iops_sec>',
      '<serial>S-1</serial>',
      '<wwn>5000c50015ea71aa</wwn>',
      "<boot order='1'/>",
      "bus='0x04'",
    ])
      assert.ok(xml.includes(kept), kept);
  });

  it('gets another address only where that is asked for', async () => {
    assert.doesNotMatch(await moved(full, image, true), /<address/);
  });

  it('keeps what forbids discards, and gets none in a file', async () => {
    const kept = await moved(full.replace("queues='2'", "discard='ignore'"), image);
    assert.match(kept, /discard='ignore'/);
    assert.doesNotMatch(await moved(full, file), /discard/);
  });

  it('back in a file has no login, and reads it as before', async () => {
    const rbd = await moved(full, image);
    const xml = await moved(rbd, file);
    assert.match(xml, /<disk type='file'/);
    assert.match(xml, /<driver name='qemu' type='qcow2'/);
    assert.match(xml, /<source file='\/srv\/a\.qcow2'\/>/);
    assert.doesNotMatch(xml, /auth|secret|host name/);
  });

  it('has a login of its own where an old libvirt wrote it beside the source', async () => {
    const old = `<disk type='network' device='disk'><driver name='qemu' type='raw'/>
      <auth username='old'><secret type='ceph' usage='x'/></auth><source protocol='rbd' name='a/b'/>
      <target dev='sda' bus='scsi'/></disk>`;
    assert.doesNotMatch(await moved(old, image), /username='old'/);
  });
});

describe('a disk that is not moved', () => {
  const reason = async (disk: string, active = false): Promise<string | undefined> =>
    refusalToMove(await parseXml(disk), active)?.why;
  const disk = (inner: string, device = 'disk'): string =>
    `<disk type='file' device='${device}'><source file='/a'>${inner.includes('slices') ? inner : ''}</source>
      <target dev='vda'/>${inner.includes('slices') ? '' : inner}</disk>`;

  it('is a drive, a LUN, shared, encrypted, a part of a file, or has a job', async () => {
    assert.match((await reason(disk('', 'cdrom'))) ?? '', /drive/);
    assert.match((await reason(disk('', 'lun'))) ?? '', /SCSI/);
    assert.match((await reason(disk('<shareable/>'))) ?? '', /other domains/);
    assert.match((await reason(disk("<encryption format='luks'/>"))) ?? '', /encrypted/);
    assert.match((await reason(disk('<slices/>'))) ?? '', /part/);
    assert.match((await reason(disk("<mirror job='copy'/>"))) ?? '', /job/);
  });

  it('is read-only or forgetful, while the domain runs', async () => {
    assert.equal(await reason(disk('<readonly/>')), undefined);
    assert.match((await reason(disk('<readonly/>'), true)) ?? '', /read-only/);
    assert.equal(await reason(disk('<transient/>')), undefined);
    assert.match((await reason(disk('<transient/>'), true)) ?? '', /forgets/);
  });

  it('has no source, or is a snapshot', async () => {
    assert.match((await reason("<disk type='file'><target dev='vda'/></disk>")) ?? '', /no source/);
    const snapshot = `<disk type='network'><source protocol='rbd' name='a/b'><snapshot name='s'/></source>
      <target dev='vda'/></disk>`;
    assert.match((await reason(snapshot)) ?? '', /snapshot/);
  });
});
