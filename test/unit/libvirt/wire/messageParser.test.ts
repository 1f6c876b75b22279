import assert from 'node:assert/strict';
import type { Message } from '../../../../src/libvirt/wire/message.ts';
import { MessageParser } from '../../../../src/libvirt/wire/messageParser.ts';
import { ProtocolError } from '../../../../src/libvirt/wire/protocolError.ts';
import { capturedBytes } from '../captured.ts';
import { message } from '../fakePeer.ts';

/** They came in one piece. */
const captured = Buffer.concat([capturedBytes('suspended'), capturedBytes('suspendedEvent')]);

function parseAll(chunks: readonly Buffer[]): readonly Message[] {
  const parser = new MessageParser();
  return chunks.flatMap((chunk) => [...parser.push(chunk)]);
}

function cut(bytes: Buffer, ...at: readonly number[]): readonly Buffer[] {
  const ends = [...at, bytes.length];
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}

describe('the message parser', () => {
  const expected = parseAll([captured]);

  it('reads header and payload', () => {
    const [reply, event] = expected;
    assert.equal(expected.length, 2);
    assert.deepEqual(
      { ...reply, payload: reply!.payload.length },
      { program: 0x20008086, version: 1, procedure: 34, type: 1, serial: 9, status: 0, payload: 0 },
    );
    assert.deepEqual(
      { ...event, payload: event!.payload.length },
      { program: 0x20008086, version: 1, procedure: 318, type: 2, serial: 1, status: 0, payload: 40 },
    );
  });

  it('finds the same messages wherever the bytes are cut', () => {
    for (let at = 0; at <= captured.length; at += 1)
      assert.deepEqual(parseAll(cut(captured, at)), expected, `cut at ${at}`);
  });

  it('finds the same messages in bytes that come one at a time', () => {
    assert.deepEqual(parseAll(cut(captured, ...captured.keys())), expected);
  });

  it('finds many messages in one piece', () => {
    const many = Buffer.concat(Array.from({ length: 500 }, (_, serial) => message({ serial })));
    assert.deepEqual(
      parseAll([many]).map(({ serial }) => serial),
      Array.from({ length: 500 }, (_, serial) => serial),
    );
  });

  it('knows whether it is inside a message', () => {
    const parser = new MessageParser();
    const inside = cut(captured, 5, 28, 40).map((chunk) => {
      Array.from(parser.push(chunk));
      return parser.isInsideMessage;
    });
    assert.deepEqual(inside, [true, false, true, false]);
  });

  it('waits for a message of the largest size', () => {
    const start = Buffer.from('02000000200080860000000100000001', 'hex');
    assert.deepEqual(parseAll([start]), []);
  });

  const garbage: readonly (readonly [what: string, bytes: string, said: RegExp, advice: RegExp])[] = [
    ['an SSH server', 'SSH-2.0-OpenSSH_9.2p1\r\n', /SSH-2\.0-OpenSSH_9\.2p1/, /SSH server/],
    ['a web server', 'HTTP/1.1 400 Bad Request\r\n', /HTTP\/1\.1 400 Bad Request/, /web server/],
    ['nologin', 'This account is currently not available.\n', /This account is currently/, /login script/],
    ['a message of the day', '\n\u001b[1mWelcome to kvm1\u001b[0m\n', /“Welcome to kvm1”/, /login script/],
    ['text that is not English', '欢迎使用 kvm1\n', /欢迎使用/, /login script/],
  ];
  for (const [what, bytes, said, advice] of garbage)
    it(`says what spoke instead of libvirt: ${what}`, () => {
      assert.throws(
        () => parseAll([Buffer.from(bytes)]),
        (error) =>
          error instanceof ProtocolError && said.test(error.message) && advice.test(error.advice ?? ''),
      );
    });

  it('shows no more than the start of a long text', () => {
    assert.throws(
      () => parseAll([Buffer.from('x'.repeat(60_000))]),
      (error) => error instanceof ProtocolError && error.message.length < 300,
    );
  });

  for (const [what, length] of [
    ['2 GB', 0x8000_0000],
    ['one byte too many', 32 * 1024 * 1024 + 1],
    ['less than its own header', 27],
    ['nothing at all', 0],
  ] as const)
    it(`refuses a message that announces ${what}, before it has come`, () => {
      const start = Buffer.alloc(4);
      start.writeUInt32BE(length);
      assert.throws(
        () => parseAll([start]),
        (error) => error instanceof ProtocolError && error.message.includes(String(length)),
      );
    });
});
