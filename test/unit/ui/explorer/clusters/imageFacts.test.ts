import assert from 'node:assert/strict';
import type { RbdImageDetails } from '../../../../../src/ceph/rbdDetails.ts';
import {
  factsInWords,
  usageInWords,
  type ImageFacts,
} from '../../../../../src/ui/explorer/clusters/imageFacts.ts';

const MiB = 1024 ** 2;
const details: RbdImageDetails = {
  ...{ name: 'web1', id: '10', format: 2, size: 100 * MiB, objectSize: 4 * MiB, objects: 25 },
  blockNamePrefix: 'rbd_data.10',
  features: ['layering', 'exclusive-lock'],
  operationFeatures: [],
  flags: [],
  dataPool: undefined,
  striping: undefined,
  snapshotCount: 0,
  parent: undefined,
  ...{
    createdAt: 'then',
    accessedAt: undefined,
    modifiedAt: undefined,
    group: undefined,
    mirroring: undefined,
  },
};
const facts: ImageFacts = {
  image: { pool: 'vms', namespace: undefined, image: 'web1' },
  ...{ details, watchers: [], locks: [], usage: undefined },
};

function told(given: ImageFacts): Readonly<Record<string, string>> {
  const lines = factsInWords(given, (time) => `<${time}>`);
  return Object.fromEntries(lines.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]])));
}

describe('what is told of an RBD image', () => {
  it('is in words, and what does not apply is left out', () => {
    assert.deepEqual(told(facts), {
      Size: '100 MiB, in 25 objects of 4 MiB',
      Format: '2',
      Features: 'layering, exclusive-lock',
      'Its objects are called': 'rbd_data.10.*',
      Created: '<then>',
      'Open by': 'nobody',
    });
  });

  it('tells a lock that a writer has taken by itself from one that was made by hand', () => {
    const { 'Locked by': by } = told({
      ...facts,
      locks: [
        { id: 'auto 140539852769616', locker: 'client.1', address: '10.0.0.1:0/1' },
        { id: 'backup', locker: 'client.2', address: '10.0.0.2:0/2' },
      ],
    });
    assert.equal(by, 'client.1 at 10.0.0.1:0/1, by itself, to write; client.2 at 10.0.0.2:0/2, as “backup”');
  });

  it('says whether this cluster may write to a mirrored image, and that a parent is in the trash', () => {
    const parent = {
      ...{ pool: 'vms', namespace: 'a', image: 'golden', snapshot: 'v1' },
      ...{ isTrashed: true, overlap: 10 * MiB },
    };
    const mirroring = { mode: 'snapshot', state: 'enabled', globalId: 'x', isPrimary: false } as const;
    const words = told({ ...facts, details: { ...details, parent, mirroring } });
    assert.equal(words['Clone of'], 'vms/a/golden@v1 (in the trash)');
    assert.equal(words['Mirroring'], 'by snapshots · enabled · written to in the other cluster');
  });

  it('adds up what its snapshots take', () => {
    const head = { image: 'web1', snapshot: undefined, provisioned: 100 * MiB, used: 4 * MiB };
    assert.equal(usageInWords([head]), '4 MiB, before replication');
    assert.equal(
      usageInWords([{ ...head, snapshot: 'a' }, head]),
      '4 MiB, and its snapshot 4 MiB, before replication',
    );
    assert.equal(
      usageInWords([{ ...head, snapshot: 'a' }, { ...head, snapshot: 'b' }, head]),
      '4 MiB, and its 2 snapshots 8 MiB, before replication',
    );
  });
});
