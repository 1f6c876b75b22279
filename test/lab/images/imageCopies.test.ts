import assert from 'node:assert/strict';
import { CancelledError } from '../../../src/base/errors.ts';
import type { CephClient } from '../../../src/ceph/cephAccess.ts';
import { Errno } from '../../../src/ceph/cephError.ts';
import {
  createRbdImage,
  createRbdSnapshot,
  protectRbdSnapshot,
  removeRbdImage,
  type RbdImage,
} from '../../../src/ceph/rbd.ts';
import { cloneImage, readCloneFormat } from '../../../src/operations/images/cloneImage.ts';
import { copyImage } from '../../../src/operations/images/copyImage.ts';
import { makeImage, removeUnfinished } from '../../../src/operations/images/unfinishedImage.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { adminClient, type AdminClient } from './adminClient.ts';
import { sharedLab } from '../support/sharedLab.ts';

const MiB = 1024 * 1024;
const hostile = `-it's $(touch hostile) "漢字" a:b;c`;

describe('copies of RBD images', function () {
  this.timeout(60_000);
  let lab: Lab;
  let admin: AdminClient;
  let client: CephClient;

  const named = (image: string, namespace?: string): RbdImage => ({ pool: lab.ceph.pool, namespace, image });
  const rbd = (...args: string[]): Promise<string> => lab.ceph.run(['rbd', ...args]);
  const images = async (): Promise<string[]> => (await lab.ceph.rbd('ls', lab.ceph.pool)) as string[];
  const info = async (spec: string): Promise<Record<string, unknown>> =>
    (await lab.ceph.rbd('info', `${lab.ceph.pool}/${spec}`)) as Record<string, unknown>;
  const snapshots = async (spec: string): Promise<{ name: string; protected: string }[]> =>
    (await lab.ceph.rbd('snap', 'ls', `${lab.ceph.pool}/${spec}`)) as { name: string; protected: string }[];

  before(async () => {
    lab = await sharedLab();
    admin = await adminClient(lab);
    ({ client } = admin);
    await createRbdImage(client, named('vb-source'), 64 * MiB);
    await rbd(
      'bench',
      '--io-type',
      'write',
      '--io-threads',
      '1',
      '--io-size',
      '4M',
      '--io-total',
      '48M',
      `${lab.ceph.pool}/vb-source`,
    );
    await rbd('snap', 'create', `${lab.ceph.pool}/vb-source@one`);
    await rbd('namespace', 'create', `${lab.ceph.pool}/vb-ns`);
  });

  after(async () => {
    await rbd('namespace', 'rm', `${lab.ceph.pool}/vb-ns`);
    await removeUnfinished(client, named('vb-source'));
    admin.dispose();
  });

  it('clones a snapshot that it makes and protects, where clients are old', async () => {
    assert.equal(await readCloneFormat(client), 1);
    const source = { ...named('vb-source'), snapshot: 'for clone' };
    const clone = named(hostile);
    await cloneImage(client, { source, snapshot: 'new', clone, format: 1, flatten: false });
    assert.deepEqual((await info(hostile))['parent'], {
      ...((await info(hostile))['parent'] as object),
      image: 'vb-source',
      snapshot: 'for clone',
    });
    const made = (await snapshots('vb-source')).find(({ name }) => name === 'for clone');
    assert.equal(made?.protected, 'true');
    await removeRbdImage(client, clone);
    await rbd('snap', 'unprotect', `${lab.ceph.pool}/vb-source@for clone`);
    await rbd('snap', 'rm', `${lab.ceph.pool}/vb-source@for clone`);
  });

  it('clones into a namespace with format 2, and leaves the snapshot unprotected', async () => {
    const source = { ...named('vb-source'), snapshot: 'one' };
    const clone = named('vb-clone2', 'vb-ns');
    await cloneImage(client, { source, snapshot: 'unprotected', clone, format: 2, flatten: false });
    assert.deepEqual((await info('vb-ns/vb-clone2'))['op_features'], ['clone-child']);
    assert.equal((await snapshots('vb-source'))[0]?.protected, 'false');
    await removeRbdImage(client, clone);
  });

  it('makes an independent image of one moment, and leaves no snapshot of it', async () => {
    const source = { ...named('vb-source'), snapshot: 'moment' };
    const clone = named('vb-flat');
    const fractions: number[] = [];
    const order = { source, snapshot: 'new', clone, format: 1, flatten: true } as const;
    await cloneImage(client, order, { report: ({ fraction }) => fractions.push(fraction ?? 0) });
    assert.equal((await info('vb-flat'))['parent'], undefined);
    assert.ok(fractions.length > 0);
    assert.deepEqual(
      (await snapshots('vb-source')).map(({ name }) => name),
      ['one'],
    );
    await removeRbdImage(client, clone);
  });

  it('takes the snapshot and its protection away again when the clone cannot be made', async () => {
    const clone = named('web1');
    const source = { ...named('vb-source'), snapshot: 'in vain' };
    await assert.rejects(cloneImage(client, { source, snapshot: 'new', clone, format: 1, flatten: false }), {
      code: Errno.EEXIST,
    });
    const one = { ...named('vb-source'), snapshot: 'one' };
    await assert.rejects(
      cloneImage(client, { source: one, snapshot: 'unprotected', clone, format: 1, flatten: true }),
      { code: Errno.EEXIST },
    );
    assert.deepEqual(
      (await snapshots('vb-source')).map(({ name, protected: isProtected }) => [name, isProtected]),
      [['one', 'false']],
    );
  });

  it('copies what an image holds, and what a snapshot held', async () => {
    const fractions: number[] = [];
    const order = { kind: 'content', source: named('vb-source'), copy: named('vb-copy') } as const;
    await copyImage(client, order, { report: ({ fraction }) => fractions.push(fraction ?? 0) });
    assert.ok(fractions.length > 0 && fractions.every((one) => one >= 0 && one <= 1));
    const sum = async (image: string): Promise<string> =>
      lab.ceph.run(['sh', '-c', `rbd export --no-progress ${lab.ceph.pool}/${image} - | md5sum`]);
    assert.equal(await sum('vb-copy'), await sum('vb-source'));
    await removeRbdImage(client, named('vb-copy'));
    const source = { ...named('vb-source'), snapshot: 'one' };
    await copyImage(client, { kind: 'content', source, copy: named('vb-copy', 'vb-ns') });
    assert.deepEqual(await lab.ceph.rbd('ls', `${lab.ceph.pool}/vb-ns`), ['vb-copy']);
    await removeRbdImage(client, named('vb-copy', 'vb-ns'));
  });

  it('copies an image with its snapshots, also one that is independent of its parent', async () => {
    const one = { ...named('vb-source'), snapshot: 'one' };
    await protectRbdSnapshot(client, one);
    const clone = named('vb-child');
    await cloneImage(client, { source: one, snapshot: 'protected', clone, format: 1, flatten: false });
    await createRbdSnapshot(client, { ...clone, snapshot: 'later' });
    const copy = named('vb-deep');
    await copyImage(client, { kind: 'withSnapshots', source: clone, copy, flatten: false });
    assert.ok((await info('vb-deep'))['parent']);
    assert.deepEqual(
      (await snapshots('vb-deep')).map(({ name }) => name),
      ['later'],
    );
    await removeUnfinished(client, copy);
    await copyImage(client, { kind: 'withSnapshots', source: clone, copy, flatten: true });
    assert.equal((await info('vb-deep'))['parent'], undefined);
    await removeUnfinished(client, copy);
    await removeUnfinished(client, clone);
    await rbd('snap', 'unprotect', `${lab.ceph.pool}/vb-source@one`);
  });

  it('leaves nothing of a copy that is cancelled', async () => {
    // How long Ceph remembers a client that was killed: 30 s by default.
    await lab.ceph.run(['ceph', 'config', 'set', 'osd', 'osd_client_watch_timeout', '2']);
    const abort = new AbortController();
    const copy = named('vb-half');
    const work = copyImage(
      client,
      { kind: 'content', source: named('vb-source'), copy },
      {
        signal: abort.signal,
        report: () => {
          abort.abort();
        },
      },
    );
    await assert.rejects(work, { code: new CancelledError().code });
    assert.ok(!(await images()).includes('vb-half'));
    await lab.ceph.run(['ceph', 'config', 'rm', 'osd', 'osd_client_watch_timeout']);
  });

  it('touches no image that was there before', async () => {
    const copy = named('web1-data');
    await assert.rejects(copyImage(client, { kind: 'content', source: named('vb-source'), copy }), {
      code: 'exists',
    });
    const failure = new Error('never made');
    await assert.rejects(
      makeImage(client, copy, () => Promise.reject(failure)),
      { code: 'exists' },
    );
    assert.equal((await info('web1-data'))['size'], 4096 * MiB);
  });
});
