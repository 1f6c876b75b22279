import assert from 'node:assert/strict';
import { measureSpeed } from '../../../src/operations/images/bench/measureSpeed.ts';
import { speedTests } from '../../../src/operations/images/bench/speedTests.ts';
import { withScratchFile, withScratchImage } from '../../../src/operations/images/bench/withScratch.ts';
import type { CephClient } from '../../../src/ceph/cephAccess.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { cephPool } from '../../../tools/lab/cephCluster.ts';
import { labSession } from '../support/labSession.ts';
import { sharedLab } from '../support/sharedLab.ts';

describe('the speed of an RBD image', function () {
  this.timeout(60_000);
  let lab: Lab;
  let session: HostSession;
  let client: CephClient;
  const { signal } = new AbortController();
  const report = (): void => undefined;
  const images = (): Promise<string> => lab.ceph.machine.run(['rbd', 'ls', cephPool]);

  before(async () => {
    lab = await sharedLab();
    session = await labSession(lab, 'qemu+ssh://kvm1/system');
    const { transport } = await session.connect();
    const key = (await lab.ceph.machine.run(['ceph', 'auth', 'get-key', 'client.libvirt'])).trim();
    const { host, port } = lab.ceph.monitor;
    client = {
      transport,
      access: {
        monitors: [`${host}:${port}`],
        clientId: 'libvirt',
        key,
        configFile: '/dev/null',
        settings: new Map(),
      },
    };
  });

  after(() => {
    session.dispose();
  });

  it('is measured on a scratch image with the same settings, which is gone afterwards', async () => {
    const before = await images();
    const model = { pool: cephPool, namespace: undefined, image: 'web1' };
    const { speeds } = await withScratchImage(client, model, signal, async (image) => {
      const [own, made] = await Promise.all(
        ['web1', image.image].map(
          async (name) =>
            JSON.parse(
              await lab.ceph.machine.run(['rbd', 'info', `${cephPool}/${name}`, '--format', 'json']),
            ) as { features: string[]; object_size: number },
        ),
      );
      assert.deepEqual(made?.features, own?.features);
      assert.equal(made?.object_size, own?.object_size);
      return measureSpeed(
        client.transport,
        { kind: 'image', image, access: client.access },
        { signal, report },
      );
    });
    assert.deepEqual(
      speeds.map(({ test }) => test.key),
      speedTests.map(({ key }) => key),
    );
    assert.ok(speeds.every(({ bytesPerSecond }) => bytesPerSecond > 0));
    assert.equal(await images(), before);
  });

  it('is compared with a file of the host, which is gone afterwards as well', async () => {
    const folder = '/var/lib/libvirt/images';
    const files = (): Promise<string> => lab.host('kvm1').run(['ls', folder]);
    const before = await files();
    const { speeds } = await withScratchFile(client.transport, folder, signal, (path) =>
      measureSpeed(client.transport, { kind: 'file', path }, { signal, report }),
    );
    assert.equal(speeds.length, speedTests.length);
    assert.equal(await files(), before);
  });

  it('is not measured where nothing can be written', async () => {
    await assert.rejects(
      withScratchFile(client.transport, '/proc', signal, () => Promise.resolve()),
      { code: 'failed', message: /\/proc cannot be written on / },
    );
  });
});
