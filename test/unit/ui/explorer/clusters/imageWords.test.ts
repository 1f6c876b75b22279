import assert from 'node:assert/strict';
import type { RbdAnySnapshot } from '../../../../../src/ceph/rbdDetails.ts';
import type { RbdListedImage } from '../../../../../src/ceph/rbdList.ts';
import {
  imageInWords,
  nameSeenFrom,
  rbdName,
  snapshotLabel,
  snapshotState,
  trashedInWords,
} from '../../../../../src/ui/explorer/clusters/imageWords.ts';

const GiB = 1024 ** 3;
const pool = { pool: 'vms', namespace: undefined };
const tenant = { pool: 'vms', namespace: 'tenant a' };
const plain: RbdListedImage = {
  ...{ name: 'web1', size: 10 * GiB, format: 2, parent: undefined, lock: undefined, snapshots: [] },
};
const snapshot = { name: 'before', size: 10 * GiB, protected: false };

describe('the words beside an RBD image', () => {
  it('are its size, and what it depends on and carries', () => {
    assert.equal(imageInWords(pool, plain), '10 GiB');
    assert.equal(imageInWords(pool, { ...plain, snapshots: [snapshot] }), '10 GiB · 1 snapshot');
    const clone = { ...plain, parent: { ...pool, image: 'golden', snapshot: 'v1' } };
    assert.equal(
      imageInWords(pool, { ...clone, lock: 'exclusive', snapshots: [snapshot, snapshot] }),
      '10 GiB · clone of golden@v1 · 2 snapshots · locked',
    );
    assert.equal(imageInWords(tenant, clone), '10 GiB · clone of vms/golden@v1');
  });

  it('say that it is of the old format, or broken, and nothing before it is known', () => {
    assert.equal(imageInWords(pool, { ...plain, format: 1 }), '10 GiB · format 1');
    assert.match(imageInWords(pool, 'unreadable'), /^cannot be opened/);
    assert.equal(imageInWords(pool, undefined), '');
  });

  it('name images as rbd does, no longer than needed', () => {
    assert.equal(rbdName({ ...pool, image: 'web1' }), 'vms/web1');
    assert.equal(rbdName({ ...tenant, image: 'web1', snapshot: 's' }), 'vms/tenant a/web1@s');
    assert.equal(nameSeenFrom(tenant, { ...tenant, image: 'web1' }), 'web1');
    assert.equal(nameSeenFrom(pool, { ...tenant, image: 'web1' }), 'vms/tenant a/web1');
  });

  it('call a snapshot that Ceph keeps by the name that it had', () => {
    const kept: RbdAnySnapshot = {
      ...{ ...snapshot, id: 5, name: 'dd59c927-b490', timestamp: '' },
      kind: 'trash',
      originalName: 'before',
    };
    assert.equal(snapshotLabel(kept), 'before');
    assert.equal(snapshotState(kept), 'removed, kept as long as clones need it');
    assert.equal(snapshotState({ ...kept, kind: 'user', protected: true }), 'protected');
    assert.equal(snapshotState({ ...kept, kind: 'user' }), undefined);
  });

  it('of an image in the trash say who put it there, when, and until when it is protected', () => {
    const trashed = {
      id: '10',
      name: 'web1',
      source: 'user',
      deletedAt: 'then',
      protectedUntil: undefined,
    } as const;
    const asIs = (time: string): string => `<${time}>`;
    assert.equal(trashedInWords(trashed, asIs), 'moved here by a user · <then>');
    assert.equal(
      trashedInWords({ ...trashed, source: 'mirroring', protectedUntil: 'later' }, asIs),
      'protected until <later> · moved here by mirroring · <then>',
    );
  });
});
