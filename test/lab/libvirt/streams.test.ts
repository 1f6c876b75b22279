import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import {
  destroyDomain,
  getDomainState,
  lookupDomainByName,
  startDomain,
} from '../../../src/libvirt/domains.ts';
import { openConsole, takeScreenshot } from '../../../src/libvirt/domainStreams.ts';
import { LibvirtError } from '../../../src/libvirt/errors.ts';
import { DomainState } from '../../../src/libvirt/protocol/domainStates.ts';
import { ErrorCode } from '../../../src/libvirt/protocol/errorCodes.ts';
import type { VolumeRef } from '../../../src/libvirt/protocol/refs.ts';
import { StreamHole } from '../../../src/libvirt/streams.ts';
import { lookupPoolByName } from '../../../src/libvirt/storagePools.ts';
import { createVolume, deleteVolume, downloadVolume, uploadVolume } from '../../../src/libvirt/volumes.ts';
import type { LabHost } from '../../../tools/lab/host.ts';
import { eventually } from '../support/eventually.ts';
import { sharedLab } from '../support/sharedLab.ts';
import { connectTo } from './labConnection.ts';

const MiB = 1024 * 1024;

/** What a console shows, kept. */
class Screen {
  text = '';
  readonly stream: Duplex;

  constructor(stream: Duplex) {
    this.stream = stream;
    stream.on('data', (bytes: Buffer) => (this.text += bytes.toString('latin1')));
  }

  async shows(what: RegExp, type: string): Promise<void> {
    await eventually(`the console shows ${what}`, async () => {
      if (what.test(this.text)) return true;
      this.stream.write(type);
      await new Promise((resolve) => setTimeout(resolve, 200));
      return what.test(this.text);
    });
  }
}

describe('streams of a real host', function () {
  this.timeout(120_000);
  let host: LabHost;
  let connection: LibvirtConnection;

  before(async () => {
    host = (await sharedLab()).host('kvm1');
    connection = await connectTo(host);
  });

  after(() => {
    connection.dispose();
  });

  describe('of a volume', () => {
    let volume: VolumeRef;

    beforeEach(async () => {
      const pool = await lookupPoolByName(connection, 'images');
      const xml = `<volume><name>throwaway</name><capacity unit='MiB'>32</capacity><allocation>0</allocation></volume>`;
      volume = await createVolume(connection, pool, xml);
    });

    afterEach(async () => {
      await deleteVolume(connection, volume);
    });

    it('bring bytes there and back', async () => {
      const content = randomBytes(5 * MiB + 17);
      await pipeline(Readable.from([content]), await uploadVolume(connection, volume, { offset: 1000 }));
      const options = { offset: 1000, length: content.length };
      assert.ok((await buffer(await downloadVolume(connection, volume, options))).equals(content));
      const all = await buffer(await downloadVolume(connection, volume));
      assert.equal(all.length, 32 * MiB);
      assert.ok(all.subarray(0, 1000).equals(Buffer.alloc(1000)));
    });

    it('bring holes there and back', async () => {
      const data = randomBytes(2 * MiB);
      const items = [data, new StreamHole(20 * MiB), data, new StreamHole(8 * MiB)];
      await pipeline(Readable.from(items), await uploadVolume(connection, volume, { sparse: true }));
      const blocks = Number(await host.run(['stat', '--format=%b', '/var/lib/libvirt/images/throwaway']));
      assert.ok(blocks * 512 < 8 * MiB, `${blocks} blocks`);
      const read = await (await downloadVolume(connection, volume, { sparse: true })).toArray();
      const parts: { hole: boolean; size: number }[] = [];
      for (const item of read as readonly (Buffer | StreamHole)[]) {
        const [hole, size] = item instanceof StreamHole ? [true, item.size] : [false, item.length];
        const last = parts.at(-1);
        if (last?.hole === hole) last.size += size;
        else parts.push({ hole, size });
      }
      assert.deepEqual(parts, [
        { hole: false, size: 2 * MiB },
        { hole: true, size: 20 * MiB },
        { hole: false, size: 2 * MiB },
        { hole: true, size: 8 * MiB },
      ]);
    });

    it('can be given up half way, and the connection lives on', async () => {
      const download = await downloadVolume(connection, volume);
      await once(download, 'data');
      download.destroy();
      const upload = await uploadVolume(connection, volume);
      upload.write(Buffer.alloc(MiB));
      upload.destroy();
      assert.ok((await buffer(await downloadVolume(connection, volume, { length: 10 }))).length === 10);
    });

    it('fail with what libvirt says', async () => {
      const gone = { ...volume, name: 'nosuch', key: '/nosuch' };
      await assert.rejects(downloadVolume(connection, gone), { code: ErrorCode.noStorageVolume });
      await assert.rejects(
        pipeline(
          Readable.from([Buffer.alloc(MiB)]),
          await uploadVolume(connection, volume, { offset: 0, length: 1000 }),
        ),
        (error) => error instanceof LibvirtError,
      );
      assert.ok((await buffer(await downloadVolume(connection, volume, { length: 10 }))).length === 10);
    });
  });

  describe('of a console', () => {
    it('talk to a shell in the guest; another user is refused, or throws the first one out', async () => {
      const web1 = await lookupDomainByName(connection, 'web1');
      const first = await openConsole(connection, web1, { force: true });
      const screen = new Screen(first);
      await screen.shows(/answer=42/, 'echo answer=$((6*7))\r');
      await assert.rejects(openConsole(connection, web1), { code: ErrorCode.operationFailed });
      const thrownOut = once(first, 'error');
      const second = await openConsole(connection, web1, { force: true });
      const [reason] = (await thrownOut) as [unknown];
      assert.ok(reason instanceof LibvirtError);
      await new Screen(second).shows(/again=43/, 'echo again=$((6*7+1))\r');
      second.end();
      await once(second, 'close');
    });

    it('end when the guest stops', async () => {
      const cache1 = await startDomain(connection, await lookupDomainByName(connection, 'cache1'));
      const stream = await openConsole(connection, cache1);
      stream.resume();
      const closed = once(stream, 'close');
      await destroyDomain(connection, cache1);
      await closed;
      assert.equal((await getDomainState(connection, cache1)).state, DomainState.shutoff);
    });
  });

  it('of a screenshot are a picture', async () => {
    const { mime, stream } = await takeScreenshot(connection, await lookupDomainByName(connection, 'web1'));
    const picture = await buffer(stream);
    const start = mime === 'image/png' ? '\x89PNG' : 'P6';
    assert.equal(picture.subarray(0, start.length).toString('latin1'), start);
  });
});
