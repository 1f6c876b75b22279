import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import { lookupSecret, setSecretValue, undefineSecret } from '../../../src/libvirt/secrets.ts';
import { compareSecret, readSecretValue } from '../../../src/operations/secrets/compareSecrets.ts';
import { copySecret } from '../../../src/operations/secrets/copySecret.ts';
import { createSecret, type SecretHost } from '../../../src/operations/secrets/defineSecret.ts';
import { keyOf, parseKeyring } from '../../../src/operations/secrets/keyring.ts';
import { secretUuid } from '../../../tools/lab/domains.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { connectTo } from '../libvirt/labConnection.ts';
import { sharedLab } from '../support/sharedLab.ts';

describe('secrets of real hosts', function () {
  this.timeout(60_000);
  let kvm1: LabHost;
  let other: LabHost;
  let here: SecretHost;
  let there: SecretHost;
  let made: string[] = [];

  before(async () => {
    const lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    other = await lab.addHost({ name: 'spare', secret: 'absent', pool: 'absent' });
    here = { name: 'kvm1', connection: await connectTo(kvm1) };
    there = { name: 'spare', connection: await connectTo(other) };
  });

  after(async () => {
    here.connection.dispose();
    there.connection.dispose();
    await (await sharedLab()).removeHost('spare');
  });

  afterEach(async () => {
    const forget = async (connection: LibvirtConnection, uuid: string): Promise<void> =>
      undefineSecret(connection, await lookupSecret(connection, uuid));
    await Promise.allSettled(
      made.flatMap((uuid) => [forget(here.connection, uuid), forget(there.connection, uuid)]),
    );
    made = [];
  });

  /** A UUID whose secret is forgotten on both hosts after the test. */
  const newUuid = (): string => {
    made.push(randomUUID());
    return made.at(-1) ?? '';
  };
  const valueOn = (host: LabHost, uuid: string): Promise<string> => host.virsh('secret-get-value', uuid);

  it('are made with the key of a keyring, as Ceph’s and virsh’s own tools have it', async () => {
    const uuid = newUuid();
    const keyring = await kvm1.machine.readFile('/etc/ceph/ceph.client.admin.keyring');
    const key = keyOf(parseKeyring(keyring), 'admin');
    const usage = { type: 'ceph', id: `client.admin of "lab" $(id) <&>` } as const;
    const ref = await createSecret(here, { uuid, usage, description: 'for a test' }, key);
    assert.deepEqual([ref.uuid, ref.usageId], [uuid, usage.id]);
    assert.equal((await valueOn(kvm1, uuid)).trim(), /key = (\S+)/.exec(keyring)?.[1]);
    assert.match(await kvm1.virsh('secret-dumpxml', uuid), /<description>for a test<\/description>/);
  });

  it('replace none that is there', async () => {
    const uuid = newUuid();
    const usage = { type: 'iscsi', id: 'one use' } as const;
    await createSecret(here, { uuid, usage }, Buffer.from('first'));
    await assert.rejects(createSecret(here, { uuid, usage: undefined }, Buffer.from('second')), {
      code: 'uuid-taken',
    });
    await assert.rejects(createSecret(here, { uuid: newUuid(), usage }, Buffer.from('second')), {
      code: 'usage-taken',
    });
    assert.equal(Buffer.from(await valueOn(kvm1, uuid), 'base64').toString(), 'first');
  });

  it('whose value cannot be set are not left behind', async () => {
    const uuid = newUuid();
    await assert.rejects(createSecret(here, { uuid, usage: undefined }, Buffer.alloc(70_000)));
    await assert.rejects(kvm1.virsh('secret-dumpxml', uuid));
    await assert.rejects(
      createSecret(here, { uuid, usage: undefined }, Buffer.from('x'), { signal: AbortSignal.abort() }),
      { code: 'cancelled' },
    );
    await assert.rejects(kvm1.virsh('secret-dumpxml', uuid));
  });

  it('tell whether they have a value, unless they are private', async () => {
    const [plain, secret] = [newUuid(), newUuid()];
    const ref = await createSecret(here, { uuid: plain, usage: undefined }, undefined);
    assert.deepEqual(await readSecretValue(here, ref), { kind: 'none' });
    await setSecretValue(here.connection, ref, Buffer.from('x'));
    assert.deepEqual(await readSecretValue(here, ref), { kind: 'set', bytes: Buffer.from('x') });
    const hidden = await createSecret(
      here,
      { uuid: secret, usage: undefined, private: true },
      Buffer.from('x'),
    );
    assert.deepEqual(await readSecretValue(here, hidden), { kind: 'private' });
  });

  it('are copied with UUID, use and value, so that a pool there starts with the copy', async () => {
    const ref = await lookupSecret(here.connection, secretUuid);
    assert.deepEqual(await compareSecret(ref, here, there), { kind: 'absent' });
    await copySecret(ref, here, there);
    assert.equal(await valueOn(other, secretUuid), await valueOn(kvm1, secretUuid));
    const xml = (host: LabHost): Promise<string> => host.virsh('secret-dumpxml', secretUuid);
    assert.equal(await xml(other), await xml(kvm1));
    const compared = await compareSecret(ref, here, there);
    assert.equal(compared.kind === 'same-use' && compared.values, 'same');

    const pool = await kvm1.virsh('pool-dumpxml', 'rbd-pool');
    await other.machine.writeFile('/root/pool.xml', pool);
    await other.virsh('pool-create', '/root/pool.xml');
    assert.match(await other.virsh('vol-list', 'rbd-pool'), /web1/);
    await other.virsh('pool-destroy', 'rbd-pool');

    await setSecretValue(there.connection, ref, Buffer.from('wrong'));
    const wrong = await compareSecret(ref, here, there);
    assert.equal(wrong.kind === 'same-use' && wrong.values, 'different');
    await assert.rejects(copySecret(ref, here, there), { code: 'uuid-taken' });
    await copySecret(ref, here, there, { replaceValue: true });
    assert.equal(await valueOn(other, secretUuid), await valueOn(kvm1, secretUuid));
    await undefineSecret(there.connection, ref);
  });

  it('that cannot be copied say why', async () => {
    const [uuid, empty, taken] = [newUuid(), newUuid(), newUuid()];
    const hidden = await createSecret(
      here,
      { uuid, usage: { type: 'ceph', id: 'hidden' }, private: true },
      Buffer.from('x'),
    );
    await assert.rejects(copySecret(hidden, here, there), { code: 'private' });
    await copySecret(hidden, here, there, { value: Buffer.from('x') });
    assert.match(await other.virsh('secret-dumpxml', uuid), /private='yes'/);
    const compared = await compareSecret(hidden, here, there);
    assert.equal(compared.kind === 'same-use' && compared.values, 'unknown');

    const usage = { type: 'ceph', id: 'in use' } as const;
    const none = await createSecret(here, { uuid: empty, usage }, undefined);
    await assert.rejects(copySecret(none, here, there), { code: 'no-value' });
    await createSecret(there, { uuid: taken, usage }, undefined);
    await assert.rejects(copySecret(none, here, there, { value: Buffer.from('x') }), { code: 'usage-taken' });

    await setSecretValue(here.connection, none, Buffer.from('x'));
    await createSecret(there, { uuid: empty, usage: { type: 'ceph', id: 'something else' } }, undefined);
    assert.equal((await compareSecret(none, here, there)).kind, 'other-use');
    await assert.rejects(copySecret(none, here, there, { replaceValue: true }), { code: 'uuid-taken' });
  });
});
