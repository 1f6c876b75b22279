import type { NewPool } from '../../../../src/operations/pools/newPool.ts';

const uuid = '11111111-2222-4333-8444-555555555555';
const server = { name: 'storage1' };
const target = 'iqn.2026-01.com.example:vms';
const chap = { type: 'chap', username: 'kvm', secretUuid: uuid } as const;

/** Pools of every type, as the wizard has them written. */
export const variedPools: readonly NewPool[] = [
  { type: 'dir', name: 'images', targetPath: '/var/lib/libvirt/images' },
  { type: 'dir', name: `-x $(id) & <b> "'% ü`, targetPath: `/srv/-x $(id) & <b> "'% ü/../..` },
  {
    type: 'fs',
    name: 'disk',
    devices: ['/dev/disk/by-id/wwn-0x5-part1'],
    format: 'ext4',
    targetPath: '/srv/disk',
  },
  {
    ...{ type: 'netfs', name: 'nfs', servers: [server], directory: '/export/vms', format: 'nfs' },
    ...{ protocolVersion: '4.1', targetPath: '/srv/nfs' },
  },
  {
    type: 'netfs',
    name: 'nfs6',
    servers: [{ name: 'fd00::5' }],
    directory: '/e',
    format: 'nfs',
    targetPath: '/srv/6',
  },
  {
    ...{ type: 'netfs', name: 'smb', servers: [server], directory: 'vms', format: 'cifs' },
    ...{ mountOptions: ['credentials=/root/.smb'], targetPath: '/srv/smb' },
  },
  {
    type: 'netfs',
    name: 'gl',
    servers: [server],
    directory: 'vms',
    format: 'glusterfs',
    targetPath: '/srv/gl',
  },
  { type: 'logical', name: 'vg', sourceName: 'vg0', devices: [], format: 'lvm2', targetPath: '/dev/vg0' },
  {
    ...{ type: 'logical', name: 'new', sourceName: 'vg1', devices: ['/dev/sdb', '/dev/sdc'], format: 'lvm2' },
    targetPath: '/dev/vg1',
  },
  { type: 'disk', name: 'sdb', devices: ['/dev/sdb'], format: 'gpt', targetPath: '/dev' },
  {
    ...{ type: 'iscsi', name: 'lun', servers: [{ name: '10.0.0.5', port: 3261 }], devices: [target] },
    ...{ login: chap, targetPath: '/dev/disk/by-path' },
  },
  { type: 'iscsi', name: 'open', servers: [server], devices: [target], targetPath: '/dev/disk/by-path' },
  {
    ...{ type: 'iscsi-direct', name: 'direct', servers: [server], devices: [target], login: chap },
    initiator: 'iqn.2026-01.com.example:kvm1',
  },
  {
    type: 'scsi',
    name: 'hba',
    adapter: { type: 'scsi_host', name: 'scsi_host2' },
    targetPath: '/dev/disk/by-path',
  },
  {
    ...{ type: 'scsi', name: 'fc', targetPath: '/dev/disk/by-path' },
    adapter: { type: 'fc_host', parent: 'scsi_host5', wwnn: '20000000c9831b4b', wwpn: '10000000c9831b4b' },
  },
  { type: 'mpath', name: 'multipath', targetPath: '/dev/mapper' },
  {
    type: 'gluster',
    name: 'gluster',
    servers: [server, { name: 'storage2' }],
    sourceName: 'vms',
    directory: '/',
  },
  { type: 'zfs', name: 'tank', sourceName: 'tank', devices: [] },
  { type: 'zfs', name: 'tank2', sourceName: 'tank2', devices: ['/dev/sdd'] },
  { type: 'vstorage', name: 'vz', sourceName: 'cluster1', targetPath: '/mnt/vz' },
  {
    ...{ type: 'rbd', name: 'rbd', sourceName: 'libvirt-pool' },
    servers: [{ name: '10.0.0.1', port: 6789 }, { name: 'fd00::1', port: 6789 }, { name: 'mon3' }],
    login: { type: 'ceph', username: 'libvirt', secretUuid: uuid },
  },
  { type: 'rbd', name: 'open', sourceName: 'vms', servers: [server] },
];
