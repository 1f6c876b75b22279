import { t } from '../../base/l10n.ts';
import { ProtocolError } from './protocolError.ts';
import { XdrWriter } from './xdrWriter.ts';

/** virNetMessageType of libvirt's src/rpc/virnetprotocol.x. */
export const MessageType = { call: 0, reply: 1, event: 2, stream: 3, streamHole: 6 } as const;

/** virNetMessageStatus of virnetprotocol.x: `continue` carries stream data. */
export const MessageStatus = { ok: 0, error: 1, continue: 2 } as const;

export const PROTOCOL_VERSION = 1;

/** Length word and header. */
export const HEADER_LENGTH = 28;
/** VIR_NET_MESSAGE_MAX of virnetprotocol.x, the length word included. */
export const MAX_MESSAGE_LENGTH = 32 * 1024 * 1024;

/** virNetMessageHeader of virnetprotocol.x. */
export interface MessageHeader {
  readonly program: number;
  readonly procedure: number;
  readonly type: number;
  readonly serial: number;
  readonly status: number;
}

export interface Message extends MessageHeader {
  readonly version: number;
  readonly payload: Buffer;
}

/** One whole message as bytes. */
export function encodeMessage(header: MessageHeader, writePayload?: (writer: XdrWriter) => void): Buffer {
  const writer = new XdrWriter(HEADER_LENGTH);
  writePayload?.(writer);
  const bytes = writer.finish();
  if (bytes.length > MAX_MESSAGE_LENGTH)
    throw new ProtocolError(
      t('A message of {0} bytes is too long for libvirt, it takes {1}.', bytes.length, MAX_MESSAGE_LENGTH),
    );
  const words = [
    bytes.length,
    header.program,
    PROTOCOL_VERSION,
    header.procedure,
    header.type,
    header.serial,
    header.status,
  ];
  for (const [index, word] of words.entries()) bytes.writeUInt32BE(word, index * 4);
  return bytes;
}

/** @param bytes one whole message */
export function decodeMessage(bytes: Buffer): Message {
  const word = (index: number): number => bytes.readUInt32BE(index * 4);
  return {
    program: word(1),
    version: word(2),
    procedure: word(3),
    type: word(4),
    serial: word(5),
    status: word(6),
    payload: bytes.subarray(HEADER_LENGTH),
  };
}
