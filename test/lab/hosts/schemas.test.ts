import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../../src/base/log.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { readHostSchemas } from '../../../src/hosts/schemas/readHostSchemas.ts';
import { SchemaLibrary } from '../../../src/hosts/schemas/schemaLibrary.ts';
import type { Transport } from '../../../src/transport/transport.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { faultOfSet } from '../../../src/xml/schemas/completeness.ts';
import { labSession, until } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

const folderOnHost = '/usr/share/libvirt/schemas';

describe('the schemas of a real host', function () {
  this.timeout(60_000);
  let kvm1: LabHost;
  let session: HostSession;
  let transport: Transport;
  let version: string;
  let kept = '';

  const library = (): SchemaLibrary => new SchemaLibrary({ kept, packaged: join(kept, 'none') }, silentLog);
  const learn = (schemas: SchemaLibrary): Promise<void> =>
    schemas.learn({ name: 'kvm1', libvirtVersion: version, transport });

  before(async () => {
    const lab = await sharedLab();
    kvm1 = lab.host('kvm1');
    kept = await mkdtemp(join(tmpdir(), 'kept-'));
    session = await labSession(lab, 'qemu+ssh://vmadmin@kvm1/system');
    ({ transport } = await session.connect());
    await until(session.onDidChangeState, () => session.facts !== undefined, 'the facts are read');
    version = session.facts?.libvirtVersion ?? '';
  });

  after(async () => {
    session.dispose();
    await rm(kept, { recursive: true, force: true });
  });

  it('are read whole by a user who is not root', async () => {
    const names = (await kvm1.run(['ls', folderOnHost])).split('\n').filter((name) => name.endsWith('.rng'));
    const texts = await readHostSchemas(transport, {});
    assert.deepEqual([...texts.keys()].sort(), names.sort());
    assert.equal(texts.get('domain.rng'), await kvm1.run(['cat', `${folderOnHost}/domain.rng`]));
  });

  it('are kept, complete, under the version that the daemon tells', async () => {
    const schemas = library();
    await learn(schemas);
    const set = await schemas.closest(version);
    assert.ok(set);
    assert.equal(set.version, version);
    assert.equal(await faultOfSet(set), undefined);
  });

  it('are not read again, and a host that has none of its own leaves those that are known', async () => {
    await kvm1.run(['mv', folderOnHost, `${folderOnHost}.away`]);
    try {
      assert.equal((await readHostSchemas(transport, {})).size, 0);
      const later = library();
      await learn(later);
      assert.equal((await later.closest(version))?.version, version);
      const other = library();
      await other.learn({ name: 'kvm1', libvirtVersion: '99.0.0', transport });
      assert.equal((await other.closest('99.0.0'))?.version, version);
    } finally {
      await kvm1.run(['mv', `${folderOnHost}.away`, folderOnHost]);
    }
  });
});
