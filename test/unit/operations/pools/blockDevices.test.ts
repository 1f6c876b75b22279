import assert from 'node:assert/strict';
import { readBlockDevices } from '../../../../src/operations/pools/blockDevices.ts';

const device = (name: string, more: object = {}): object => ({
  ...{
    name,
    kname: name,
    type: 'disk',
    size: 1_000_000_000,
    model: null,
    fstype: null,
    pttype: null,
    mountpoint: null,
  },
  ro: false,
  ...more,
});
const listed = (...blockdevices: readonly object[]): string => JSON.stringify({ blockdevices });

describe('the block devices of a host', () => {
  it('tell what is on them, through all that is made of them', () => {
    const root = device('/dev/mapper/vg-root', { type: 'lvm', fstype: 'ext4', mountpoint: '/' });
    const text = listed(
      device('/dev/sda', {
        pttype: 'gpt',
        model: 'SSD 1  ',
        children: [device('/dev/sda1', { type: 'part', fstype: 'LVM2_member', children: [root] })],
      }),
      device('/dev/sdb'),
    );
    const devices = readBlockDevices(text, '');
    assert.deepEqual(
      devices.map(({ path, mountedAt, parts }) => [path, mountedAt, parts]),
      [
        ['/dev/sda', '/', ['/dev/sda1', '/dev/mapper/vg-root']],
        ['/dev/sda1', '/', ['/dev/mapper/vg-root']],
        ['/dev/mapper/vg-root', '/', []],
        ['/dev/sdb', undefined, []],
      ],
    );
    const [sda] = devices;
    assert.deepEqual([sda?.model, sda?.partitionTable], ['SSD 1', 'gpt']);
  });

  it('are one each where two disks make one of them, and none where there is no medium', () => {
    const md = device('/dev/md0', { type: 'raid1' });
    const text = listed(
      device('/dev/sda', { children: [md] }),
      device('/dev/sdb', { children: [md] }),
      device('/dev/sr0', { type: 'rom', size: 0 }),
    );
    assert.deepEqual(
      readBlockDevices(text, '').map(({ path }) => path),
      ['/dev/sda', '/dev/md0', '/dev/sdb'],
    );
  });

  it('are read from an old lsblk, which writes numbers as text and knows no partition tables', () => {
    const [sda] = readBlockDevices(
      '{"blockdevices":[{"name":"/dev/sda","kname":"/dev/sda","type":"disk","size":"512","model":null,"fstype":null,"mountpoint":null,"ro":"1"}]}',
      '',
    );
    assert.deepEqual([sda?.size, sda?.readOnly, sda?.partitionTable], [512, true, undefined]);
  });

  it('are called by the best of the names that stay with them', () => {
    const links = [
      'ata-SSD_1_XYZ\t../../sda',
      'wwn-0x500\t../../sda',
      'scsi-3500\t../../sda',
      'ata-SSD_1_XYZ-part1\t../../sda1',
      'dm-name-vg-root\t../../dm-0',
      '',
    ].join('\n');
    const root = device('/dev/mapper/vg-root', { kname: '/dev/dm-0' });
    const text = listed(device('/dev/sda', { children: [device('/dev/sda1'), root] }), device('/dev/sdb'));
    assert.deepEqual(
      readBlockDevices(text, links).map(({ stablePath }) => stablePath),
      [
        ...['/dev/disk/by-id/wwn-0x500', '/dev/disk/by-id/ata-SSD_1_XYZ-part1'],
        ...['/dev/disk/by-id/dm-name-vg-root', '/dev/sdb'],
      ],
    );
  });
});
