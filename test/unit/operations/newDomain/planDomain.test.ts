import assert from 'node:assert/strict';
import type { NewDomain } from '../../../../src/operations/newDomain/newDomain.ts';
import {
  canCopyInto,
  copiedDisk,
  emptyDisk,
  planDomain,
  type Answers,
  type DiskAnswer,
  type Installation,
} from '../../../../src/operations/newDomain/planDomain.ts';
import { volumeSource, type PoolOffer } from '../../../../src/operations/storage/poolOffer.ts';
import { volumeNameFor } from '../../../../src/operations/newDomain/storage/volumeNames.ts';
import { gib, sample, systemNamed } from './samples.ts';

const model: PoolOffer['model'] = {
  type: 'dir',
  name: 'images',
  uuid: 'u1',
  capacity: undefined,
  allocation: undefined,
  available: undefined,
  sourceName: undefined,
  hosts: [],
  auth: undefined,
  devices: [],
  directory: undefined,
  format: undefined,
  configOptions: new Map(),
  targetPath: '/srv/images/',
};
const pool = (
  kind: PoolOffer['kind'],
  uuid: string,
  changes: Partial<PoolOffer['model']> = {},
): PoolOffer => ({
  ref: { name: uuid, uuid },
  model: { ...model, ...changes },
  kind,
  canCreate: true,
  format: kind === 'file' ? 'qcow2' : 'raw',
  rbd: kind === 'rbd' ? { kind, monitors: [{ name: 'mon1', port: 6789 }], auth: undefined } : undefined,
});
const files = pool('file', 'images');
const rbd = pool('rbd', 'rbd-pool', { type: 'rbd', sourceName: 'vms/tenant', targetPath: undefined });

const empty: DiskAnswer = { kind: 'new', volume: emptyDisk('web1', rbd, gib, new Set()) };
const there: DiskAnswer = { kind: 'existing', source: { kind: 'block', path: '/dev/vg/a', format: 'raw' } };
const iso: Installation = { kind: 'iso', source: { kind: 'file', path: '/a.iso', format: 'raw' } };
const cloudInit = {
  hostName: 'web1',
  user: 'admin',
  publicKeys: [],
  passwordHash: '$6$',
  packages: [],
};

async function answers(disk: DiskAnswer, installation: Installation): Promise<Answers> {
  return { ...(await sample(systemNamed('Debian 12'))), disk, installation, driversCd: undefined };
}

const order = ({ disks, network }: NewDomain): readonly string[] => [
  ...disks.map(({ device, bootOrder }) => `${device} ${bootOrder ?? '-'}`),
  ...(network.kind !== 'none' && network.bootOrder !== undefined ? [`network ${network.bootOrder}`] : []),
];

describe('the plan for a new domain', () => {
  const orders = async (disk: DiskAnswer, installation: Installation): Promise<readonly string[]> =>
    order(planDomain(await answers(disk, installation), new Set()).domain);

  it('boots an empty disk before what installs onto it: nothing needs to be ejected', async () => {
    assert.deepEqual(await orders(empty, iso), ['disk 1', 'cdrom 2']);
    assert.deepEqual(await orders(empty, { kind: 'network' }), ['disk 1', 'network 2']);
  });

  it('boots what installs before a disk that may have a system already', async () => {
    assert.deepEqual(await orders(there, iso), ['disk 2', 'cdrom 1']);
    assert.deepEqual(await orders(there, { kind: 'network' }), ['disk 2', 'network 1']);
  });

  it('boots the network or the CD where there is no disk', async () => {
    assert.deepEqual(await orders({ kind: 'none' }, { kind: 'network' }), ['network 1']);
    assert.deepEqual(await orders({ kind: 'none' }, iso), ['cdrom 1']);
  });

  it('has a CD for cloud-init in the pool of the disk, under a name that is free', async () => {
    const given = await answers(empty, { kind: 'image', cloudInit });
    const { volumes, domain } = planDomain(given, new Set(['web1-seed']));
    assert.deepEqual(
      volumes.map(({ kind, name }) => [kind, name]),
      [
        ['empty', 'web1'],
        ['written', 'web1-seed-2'],
      ],
    );
    const [, cd] = domain.disks;
    assert.deepEqual(
      [cd?.device, cd?.source?.kind === 'rbd' && cd.source.image, cd?.bootOrder],
      ['cdrom', 'vms/tenant/web1-seed-2', undefined],
    );
  });

  it('copies between files and into Ceph, but never out of one Ceph pool', () => {
    const other = pool('rbd', 'other');
    assert.deepEqual(
      [files, rbd, other].map((from) => [files, rbd, other].map((into) => canCopyInto({ pool: from }, into))),
      [
        [true, true, true],
        [false, true, false],
        [false, false, true],
      ],
    );
    assert.equal(canCopyInto({ pool: files }, { ...files, canCreate: false }), false);
  });
});

describe('the names of new volumes', () => {
  it('are names everywhere, whatever the domain is called', () => {
    const none = new Set<string>();
    assert.equal(volumeNameFor('web1', rbd, none), 'web1');
    assert.equal(volumeNameFor('web1', files, none), 'web1.qcow2');
    assert.equal(volumeNameFor('web1', files, none, '-seed'), 'web1-seed.iso');
    assert.equal(volumeNameFor('-rf ../$(x)@a', rbd, none), 'rf_.._x_a');
    assert.equal(volumeNameFor('日本', rbd, none), 'disk');
    assert.equal(volumeNameFor('web1', files, new Set(['web1.qcow2', 'web1-2.qcow2'])), 'web1-3.qcow2');
  });

  it('are where the disk of the domain looks for them', () => {
    assert.deepEqual(volumeSource(files, 'a.qcow2', 'qcow2'), {
      kind: 'file',
      path: '/srv/images/a.qcow2',
      format: 'qcow2',
    });
    const copy = copiedDisk(
      'a',
      { pool: rbd, capacity: gib, from: { pool: rbd, name: 'b', format: 'raw', capacity: gib } },
      new Set(),
    );
    const source = volumeSource(copy.pool, copy.name, copy.format);
    assert.equal(source.kind === 'rbd' && source.image, 'vms/tenant/a');
  });
});
