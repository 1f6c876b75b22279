import assert from 'node:assert/strict';
import { CancelledError, TimeoutError } from '../../../src/base/errors.ts';
import { silentLog } from '../../../src/base/log.ts';
import { ConnectionClosedError, LibvirtError } from '../../../src/libvirt/errors.ts';
import type { LibvirtConnection } from '../../../src/libvirt/connection.ts';
import { connectGetHostname } from '../../../src/libvirt/protocol/connect.ts';
import {
  domainGetXmlDesc,
  domainLookupByName,
  domainReboot,
  domainSuspend,
} from '../../../src/libvirt/protocol/domain.ts';
import { ErrorCode, ErrorDomain } from '../../../src/libvirt/protocol/errorCodes.ts';
import { connectionClosedMessage, type LibvirtEvent } from '../../../src/libvirt/protocol/events.ts';
import type { DomainRef } from '../../../src/libvirt/protocol/refs.ts';
import { secretSetValue } from '../../../src/libvirt/protocol/secret.ts';
import { storagePoolRefresh } from '../../../src/libvirt/protocol/storagePool.ts';
import { type Message, MessageType } from '../../../src/libvirt/wire/message.ts';
import { ProtocolError } from '../../../src/libvirt/wire/protocolError.ts';
import { decode } from '../../../src/libvirt/wire/xdrTypes.ts';
import { capturedAnswer, capturedBytes } from './captured.ts';
import { connected, message, replyBytes, settled, type FakePeer } from './fakePeer.ts';

const domain: DomainRef = { name: 'vm1', uuid: '6695eb01-f6a4-8304-79aa-97f2502e193f', id: 1 };

function lookup(connection: LibvirtConnection, name: string): Promise<string> {
  return connection.call(domainLookupByName, { name }).then((answer) => answer.domain.name);
}

function answerLookup(peer: FakePeer, call: Message): void {
  const { name } = decode(domainLookupByName.args, call.payload);
  peer.reply(call, domainLookupByName, { domain: { ...domain, name } });
}

describe('calls', () => {
  it('get their own answers, in whatever order they come', async () => {
    const { peer, connection } = connected();
    const answers = ['a', 'b', 'c', 'd'].map((name) => lookup(connection, name));
    const calls = [await peer.next(), await peer.next(), await peer.next(), await peer.next()];
    for (const call of calls.reverse()) answerLookup(peer, call);
    assert.deepEqual(await Promise.all(answers), ['a', 'b', 'c', 'd']);
  });

  it('send the bytes that libvirtd 9.0 takes, and read those it sends', async () => {
    const { peer, connection } = connected();
    const sent: Buffer[] = [];
    peer.end.on('data', (chunk: Buffer) => sent.push(chunk));
    const answer = lookup(connection, 'nosuch');
    const call = await peer.next();
    assert.equal(
      Buffer.concat(sent).toString('hex'),
      '00000028200080860000000100000017000000000000000100000000000000066e6f737563680000',
    );
    peer.end.write(capturedAnswer('noDomain', call));
    await assert.rejects(answer, (error) => {
      assert.ok(error instanceof LibvirtError);
      assert.equal(error.code, ErrorCode.noDomain);
      assert.equal(error.domain, ErrorDomain.test);
      assert.equal(error.level, 2);
      assert.deepEqual(error.strings, ['Domain not found', undefined, undefined]);
      assert.deepEqual(error.ints, [-1, -1]);
      assert.equal(error.message, 'libvirt on kvm1: Domain not found');
      assert.equal(error.raw, 'Domain not found');
      return true;
    });
  });

  it('of a procedure that the daemon does not know are reported as not supported', async () => {
    const { peer, connection } = connected();
    const answer = connection.call(connectGetHostname, {});
    peer.end.write(capturedAnswer('unknownProcedure', await peer.next()));
    await assert.rejects(
      answer,
      (error) =>
        error instanceof LibvirtError && error.code === ErrorCode.noSupport && error.advice !== undefined,
    );
  });

  it('whose answer is of another layout reject alone', async () => {
    const { peer, connection } = connected();
    const odd = connection.call(connectGetHostname, {});
    const fine = lookup(connection, 'a');
    const { serial, procedure } = await peer.next();
    peer.send({ serial, procedure }, (writer) => {
      writer.uint32(9);
    });
    answerLookup(peer, await peer.next());
    await assert.rejects(odd, ProtocolError);
    assert.equal(await fine, 'a');
  });

  it('whose error cannot be read reject alone', async () => {
    const { peer, connection } = connected();
    const odd = connection.call(connectGetHostname, {});
    const { serial, procedure } = await peer.next();
    peer.send({ serial, procedure, status: 1 });
    await assert.rejects(odd, ProtocolError);
    const fine = lookup(connection, 'a');
    answerLookup(peer, await peer.next());
    assert.equal(await fine, 'a');
  });

  it('that cannot be encoded reject alone, and nothing is sent', async () => {
    const { peer, connection } = connected();
    const tooLong = {
      secret: { uuid: domain.uuid, usageType: 2, usageId: '' },
      value: Buffer.alloc(70_000),
      flags: 0,
    };
    await assert.rejects(connection.call(secretSetValue, tooLong), ProtocolError);
    await assert.rejects(
      connection.call(domainReboot, { domain: { ...domain, uuid: 'x' }, flags: 0 }),
      ProtocolError,
    );
    const fine = lookup(connection, 'a');
    answerLookup(peer, await peer.nextCall(domainLookupByName));
    assert.equal(await fine, 'a');
  });

  it('all reject when the connection ends, also those that were not sent yet', async () => {
    const { peer, connection } = connected();
    const answers = Array.from({ length: 6 }, (_, index) => lookup(connection, String(index)));
    await peer.next();
    peer.end.end();
    for (const answer of answers)
      await assert.rejects(
        answer,
        (error) => error instanceof ConnectionClosedError && error.closeCause === 'server',
      );
  });

  it('tell the log nothing of what they carry', async () => {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const { peer, connection } = connected({ log: { debug: write, info: write, warn: write, error: write } });
    const secret = { uuid: domain.uuid, usageType: 2, usageId: 'client.libvirt' };
    const value = Buffer.from('AQB-not-for-the-log');
    const answer = connection.call(secretSetValue, { secret, value, flags: 0 });
    peer.refuse(await peer.next(), {});
    await assert.rejects(answer, (error) => !JSON.stringify(error).includes('AQB'));
    connection.dispose();
    assert.ok(lines.length > 0);
    assert.ok(!lines.join().includes('AQB'));
  });
});

describe('the number of calls in flight', () => {
  it('is four; the next one goes out with each answer, in the order of asking', async () => {
    const { peer, connection } = connected();
    const names = Array.from({ length: 10 }, (_, index) => `vm${index}`);
    const answers = Promise.all(names.map((name) => lookup(connection, name)));
    const order: string[] = [];
    for (let answered = 0; answered < 10; answered += 1) {
      await settled();
      assert.equal(peer.unread.length, Math.min(4, 10 - answered));
      const call = await peer.next();
      order.push(decode(domainLookupByName.args, call.payload).name);
      answerLookup(peer, call);
    }
    assert.deepEqual(await answers, names);
    assert.deepEqual(order, names);
  });

  it('is two for what may hang on storage, three with what may hang on a guest, and one is always left', async () => {
    const { peer, connection } = connected();
    const pool = { name: 'p', uuid: domain.uuid };
    const hanging = [
      ...Array.from({ length: 3 }, () => connection.call(storagePoolRefresh, { pool, flags: 0 })),
      ...Array.from({ length: 2 }, () => connection.call(domainSuspend, { domain })),
    ];
    const quick = lookup(connection, 'a');
    await settled();
    const sent = [await peer.next(), await peer.next(), await peer.next(), await peer.next()];
    assert.deepEqual(
      sent.map(({ procedure }) => procedure),
      [83, 83, 34, 23],
    );
    answerLookup(peer, sent[3]!);
    assert.equal(await quick, 'a');
    await settled();
    assert.equal(peer.unread.length, 0);
    connection.dispose();
    await Promise.allSettled(hanging);
  });

  it('is two for those that may hang on the same, and the others pass them', async () => {
    const { peer, connection } = connected();
    const pool = { name: 'p', uuid: domain.uuid };
    const slow = Array.from({ length: 4 }, () => connection.call(storagePoolRefresh, { pool, flags: 0 }));
    const quick = ['a', 'b', 'c'].map((name) => lookup(connection, name));
    await settled();
    const sent = [await peer.next(), await peer.next(), await peer.next(), await peer.next()];
    assert.deepEqual(
      sent.map(({ procedure }) => procedure),
      [83, 83, 23, 23],
    );
    answerLookup(peer, sent[2]!);
    answerLookup(peer, await peer.nextCall(domainLookupByName));
    answerLookup(peer, sent[3]!);
    assert.deepEqual(await Promise.all(quick), ['a', 'b', 'c']);
    await settled();
    assert.equal(peer.unread.length, 0);
    peer.reply(sent[0]!, storagePoolRefresh, {});
    const third = await peer.nextCall(storagePoolRefresh);
    peer.reply(third, storagePoolRefresh, {});
    peer.reply(sent[1]!, storagePoolRefresh, {});
    peer.reply(await peer.nextCall(storagePoolRefresh), storagePoolRefresh, {});
    await Promise.all(slow);
  });

  it('does not hold back the answer to a keepalive', async () => {
    const { peer, connection } = connected();
    const answers = Array.from({ length: 6 }, () => lookup(connection, 'hanging'));
    await settled();
    assert.equal(peer.unread.length, 4);
    peer.ping();
    await settled();
    assert.deepEqual(
      peer.keepalives.map(({ procedure, type, serial, payload }) => [
        procedure,
        type,
        serial,
        payload.length,
      ]),
      [[2, MessageType.event, 0, 0]],
    );
    connection.dispose();
    await Promise.allSettled(answers);
  });
});

describe('a call that is given up', () => {
  it('before it was sent is never sent', async () => {
    const { peer, connection } = connected();
    const hanging = Array.from({ length: 4 }, () => lookup(connection, 'hanging'));
    const cancel = new AbortController();
    const cancelled = connection.call(domainGetXmlDesc, { domain, flags: 0 }, { signal: cancel.signal });
    const next = lookup(connection, 'next');
    await settled();
    cancel.abort();
    await assert.rejects(cancelled, CancelledError);
    for (let call = 0; call < 5; call += 1) answerLookup(peer, await peer.nextCall(domainLookupByName));
    assert.equal(await next, 'next');
    await Promise.all(hanging);
  });

  it('keeps its place until the daemon answers, and the late answer disturbs nothing', async () => {
    const { peer, connection } = connected();
    const cancel = new AbortController();
    const given = Array.from({ length: 4 }, () =>
      connection.call(domainLookupByName, { name: 'slow' }, { signal: cancel.signal }),
    );
    const next = lookup(connection, 'next');
    await settled();
    cancel.abort();
    for (const call of given) await assert.rejects(call, CancelledError);
    await settled();
    assert.equal(peer.unread.length, 4);
    const [first, ...others] = [await peer.next(), await peer.next(), await peer.next(), await peer.next()];
    peer.refuse(first, { code: ErrorCode.noDomain });
    answerLookup(peer, await peer.nextCall(domainLookupByName));
    assert.equal(await next, 'next');
    for (const call of others) answerLookup(peer, call);
    await settled();
    assert.equal(connection.closed, undefined);
  });

  it('is not sent at all when it was cancelled before', async () => {
    const { peer, connection } = connected();
    await assert.rejects(
      connection.call(connectGetHostname, {}, { signal: AbortSignal.abort() }),
      CancelledError,
    );
    await settled();
    assert.equal(peer.unread.length, 0);
  });

  it('by its time limit says whether the daemon was asked at all', async () => {
    const { connection } = connected();
    const unanswered = Array.from({ length: 4 }, () =>
      connection.call(domainLookupByName, { name: 'slow' }, { timeoutMs: 20 }),
    );
    const waiting = connection.call(domainLookupByName, { name: 'late' }, { timeoutMs: 20 });
    for (const call of unanswered)
      await assert.rejects(
        call,
        (error) => error instanceof TimeoutError && error.message.includes('did not answer'),
      );
    await assert.rejects(
      waiting,
      (error) => error instanceof TimeoutError && error.message.includes('4 earlier ones'),
    );
  });
});

describe('events', () => {
  it('may come before the answer of the call that caused them, with any serial number', async () => {
    const { peer, connection } = connected();
    const events: LibvirtEvent[] = [];
    connection.onEvent((event) => events.push(event));
    const answer = lookup(connection, 'a');
    const call = await peer.next();
    assert.equal(call.serial, 1);
    peer.end.write(capturedBytes('suspendedEvent'));
    await settled();
    assert.deepEqual(events, [
      {
        object: 'domain',
        kind: 'lifecycle',
        domain: { name: 'test', uuid: '6695eb01-f6a4-8304-79aa-97f2502e193f', id: 1 },
        event: 3,
        detail: 0,
      },
    ]);
    answerLookup(peer, call);
    assert.equal(await answer, 'a');
  });

  it('that are unknown, damaged, or break a listener, do not stop what comes after them', async () => {
    const errors: string[] = [];
    const { peer, connection } = connected({ log: { ...silentLog, error: (line) => errors.push(line) } });
    let heard = 0;
    connection.onEvent(() => {
      heard += 1;
      throw new Error('the listener is broken');
    });
    const answer = lookup(connection, 'a');
    const call = await peer.next();
    peer.end.write(
      Buffer.concat([
        message({ type: MessageType.event, procedure: 9999 }),
        message({ type: MessageType.event, procedure: 318 }),
        capturedBytes('suspendedEvent'),
        replyBytes(call, domainLookupByName, { domain }),
      ]),
    );
    assert.equal(await answer, 'vm1');
    assert.equal(heard, 1);
    assert.equal(errors.length, 2);
    assert.match(errors[1]!, /the listener is broken/);
  });

  it('of a lost hypervisor end the connection', async () => {
    const { peer, connection } = connected();
    const reasons: string[] = [];
    connection.onClose(({ closeCause }) => reasons.push(closeCause));
    const answer = lookup(connection, 'a');
    await peer.next();
    peer.send({ type: MessageType.event, procedure: connectionClosedMessage }, (writer) => {
      writer.int32(1);
    });
    await assert.rejects(answer, /hypervisor/);
    assert.deepEqual(reasons, ['hypervisor']);
  });
});

describe('a daemon that breaks the protocol', () => {
  const breaches: readonly (readonly [what: string, bytes: (call: Message) => Buffer])[] = [
    ['an answer nobody asked for', ({ procedure }) => message({ procedure, serial: 77 })],
    ['an answer to another procedure', ({ serial }) => message({ procedure: 1, serial })],
    ['a message of an unknown type', ({ procedure, serial }) => message({ procedure, serial, type: 5 })],
    ['a message of another program', () => message({ program: 0x20008087 })],
    ['text in between', () => Buffer.from('Connection to kvm1 closed by remote host.')],
  ];
  for (const [what, bytes] of breaches)
    it(`by ${what} is left, and every call rejects`, async () => {
      const { peer, connection } = connected();
      const answers = [lookup(connection, 'a'), lookup(connection, 'b')];
      peer.end.write(bytes(await peer.next()));
      for (const answer of answers)
        await assert.rejects(
          answer,
          (error) => error instanceof ConnectionClosedError && error.closeCause === 'protocol',
        );
      assert.equal(peer.clientEnd.destroyed, true);
    });
});
