import assert from 'node:assert/strict';
import { CancelledError, TimeoutError } from '../../../src/base/errors.ts';
import { ConnectionClosedError, LibvirtError, UnsupportedAuthError } from '../../../src/libvirt/errors.ts';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import {
  authList,
  authPolkit,
  AuthType,
  connectGetHostname,
  connectOpen,
  connectRegisterCloseCallback,
  connectSupportsFeature,
} from '../../../src/libvirt/protocol/connect.ts';
import { ErrorCode } from '../../../src/libvirt/protocol/errorCodes.ts';
import type { Message } from '../../../src/libvirt/wire/message.ts';
import { decode } from '../../../src/libvirt/wire/xdrTypes.ts';
import { connected, opening, settled, type FakePeer } from './fakePeer.ts';

/** The three calls that a client sends before it has heard anything. */
async function firstCalls(peer: FakePeer): Promise<{ auth: Message; feature: Message; open: Message }> {
  return {
    auth: await peer.nextCall(authList),
    feature: await peer.nextCall(connectSupportsFeature),
    open: await peer.nextCall(connectOpen),
  };
}

const tooEarly = { code: ErrorCode.rpc, domain: 7, message: 'authentication required' };

async function assertLive(peer: FakePeer, connection: LibvirtConnection): Promise<void> {
  await peer.nextCall(connectRegisterCloseCallback);
  const answer = connection.call(connectGetHostname, {});
  peer.reply(await peer.nextCall(connectGetHostname), connectGetHostname, { hostname: 'kvm1' });
  assert.deepEqual(await answer, { hostname: 'kvm1' });
}

describe('opening a connection', () => {
  it('takes one round trip where no authentication is wanted', async () => {
    const { peer, opened } = opening();
    const { auth, feature, open } = await firstCalls(peer);
    assert.deepEqual(decode(connectOpen.args, open.payload), { uri: 'qemu:///system', flags: 0 });
    peer.reply(auth, authList, { types: [AuthType.none] });
    peer.reply(feature, connectSupportsFeature, { supported: true });
    peer.reply(open, connectOpen, {});
    await assertLive(peer, await opened);
  });

  it('asks for read-only access', async () => {
    const { peer } = opening({ readOnly: true });
    const { open } = await firstCalls(peer);
    assert.equal(decode(connectOpen.args, open.payload).flags, 1);
  });

  it('authenticates by polkit when what came first was refused, then asks again', async () => {
    const { peer, opened } = opening();
    const { auth, feature, open } = await firstCalls(peer);
    peer.reply(auth, authList, { types: [AuthType.polkit] });
    peer.refuse(feature, tooEarly);
    peer.refuse(open, tooEarly);
    peer.reply(await peer.nextCall(authPolkit), authPolkit, { complete: true });
    peer.reply(await peer.nextCall(connectSupportsFeature), connectSupportsFeature, { supported: true });
    peer.reply(await peer.nextCall(connectOpen), connectOpen, {});
    await assertLive(peer, await opened);
  });

  it('does not open twice when only the other question came too early', async () => {
    const { peer, opened } = opening();
    const { auth, feature, open } = await firstCalls(peer);
    peer.refuse(feature, tooEarly);
    peer.reply(open, connectOpen, {});
    peer.reply(auth, authList, { types: [AuthType.none] });
    peer.reply(await peer.nextCall(connectSupportsFeature), connectSupportsFeature, { supported: false });
    await assertLive(peer, await opened);
  });

  it('rejects with what polkit says', async () => {
    const { peer, opened } = opening();
    const { auth, feature, open } = await firstCalls(peer);
    peer.reply(auth, authList, { types: [AuthType.polkit] });
    peer.refuse(feature, tooEarly);
    peer.refuse(open, tooEarly);
    const message = 'authentication unavailable: no polkit agent available';
    peer.refuse(await peer.nextCall(authPolkit), { code: ErrorCode.authUnavailable, domain: 60, message });
    await assert.rejects(
      opened,
      (error) =>
        error instanceof LibvirtError &&
        error.code === ErrorCode.authUnavailable &&
        error.message === `libvirt on kvm1: ${message}` &&
        (error.advice ?? '').includes('group "libvirt"'),
    );
  });

  it('rejects authentication it does not speak', async () => {
    const { peer, opened } = opening();
    const { auth, feature, open } = await firstCalls(peer);
    peer.reply(auth, authList, { types: [AuthType.sasl] });
    peer.refuse(feature, tooEarly);
    peer.refuse(open, tooEarly);
    await assert.rejects(opened, UnsupportedAuthError);
    assert.equal(peer.clientEnd.destroyed, true);
  });

  it('rejects with the error of the hypervisor driver, and closes', async () => {
    const { peer, opened } = opening();
    const { auth, open } = await firstCalls(peer);
    peer.reply(auth, authList, { types: [AuthType.none] });
    peer.refuse(open, { code: ErrorCode.noConnect, domain: 0, message: 'no connection driver available' });
    await assert.rejects(
      opened,
      (error) => error instanceof LibvirtError && error.code === ErrorCode.noConnect,
    );
    assert.equal(peer.clientEnd.destroyed, true);
  });

  it('goes on without a close callback', async () => {
    const { peer, opened } = opening();
    const { auth, feature, open } = await firstCalls(peer);
    peer.reply(auth, authList, { types: [AuthType.none] });
    peer.reply(feature, connectSupportsFeature, { supported: true });
    peer.reply(open, connectOpen, {});
    const connection = await opened;
    peer.refuse(await peer.nextCall(connectRegisterCloseCallback), { code: ErrorCode.noSupport });
    await settled();
    assert.equal(connection.closed, undefined);
  });

  /** What the daemon does before it stalls or closes. */
  const steps: readonly (readonly [name: string, play: (peer: FakePeer) => Promise<void>])[] = [
    ['before the client has spoken', () => Promise.resolve()],
    [
      'without any answer',
      async (peer) => {
        await firstCalls(peer);
      },
    ],
    [
      'after the kinds of authentication',
      async (peer) => {
        peer.reply((await firstCalls(peer)).auth, authList, { types: [AuthType.none] });
      },
    ],
    [
      'while polkit decides',
      async (peer) => {
        const { auth, feature, open } = await firstCalls(peer);
        peer.reply(auth, authList, { types: [AuthType.polkit] });
        peer.refuse(feature, tooEarly);
        peer.refuse(open, tooEarly);
        await peer.nextCall(authPolkit);
      },
    ],
    [
      'after the features',
      async (peer) => {
        const { auth, feature } = await firstCalls(peer);
        peer.reply(auth, authList, { types: [AuthType.none] });
        peer.reply(feature, connectSupportsFeature, { supported: true });
      },
    ],
    [
      'in the middle of an answer',
      async (peer) => {
        const { auth } = await firstCalls(peer);
        peer.end.write(Buffer.from('0000002420008086', 'hex'));
        assert.equal(auth.serial, 1);
      },
    ],
  ];
  for (const [name, play] of steps) {
    it(`rejects when the daemon closes ${name}`, async () => {
      const { peer, opened } = opening();
      await play(peer);
      peer.end.end();
      await assert.rejects(
        opened,
        (error) => error instanceof ConnectionClosedError && error.closeCause === 'server',
      );
    });

    it(`rejects in time when the daemon stalls ${name}`, async () => {
      const { peer, opened } = opening({ timeoutMs: 30 });
      await play(peer);
      await assert.rejects(
        opened,
        (error) => error instanceof TimeoutError && error.message.includes('qemu:///system'),
      );
      assert.equal(peer.clientEnd.destroyed, true);
    });
  }

  it('says that a connection broke off within an answer', async () => {
    const { peer, opened } = opening();
    peer.end.end(Buffer.from('0000002420008086', 'hex'));
    await assert.rejects(opened, /in the middle of a message/);
  });

  it('can be cancelled', async () => {
    const cancel = new AbortController();
    const { peer, opened } = opening({ signal: cancel.signal });
    await firstCalls(peer);
    cancel.abort();
    await assert.rejects(opened, CancelledError);
    assert.equal(peer.clientEnd.destroyed, true);
  });

  it('says what answered instead of libvirt', async () => {
    const { peer, opened } = opening();
    peer.end.write('Last login: Fri Nov 20 from 10.0.0.1\r\n');
    await assert.rejects(
      opened,
      (error) =>
        error instanceof ConnectionClosedError &&
        error.closeCause === 'protocol' &&
        error.message.includes('kvm1') &&
        error.message.includes('Last login: Fri Nov 20') &&
        error.advice !== undefined,
    );
  });

  it('says why the byte stream failed', async () => {
    const { peer, opened } = opening();
    peer.clientEnd.destroy(new Error('channel open failure'));
    await assert.rejects(
      opened,
      (error) => error instanceof ConnectionClosedError && /kvm1.*channel open failure/.test(error.message),
    );
  });
});

describe('a connection that has ended', () => {
  it('tells late listeners, and rejects calls with the reason', async () => {
    const { connection } = connected();
    connection.dispose();
    const told: ConnectionClosedError[] = [];
    connection.onClose((reason) => told.push(reason));
    assert.equal(told[0]?.closeCause, 'closed');
    await assert.rejects(connection.call(connectGetHostname, {}), told[0]);
  });
});
