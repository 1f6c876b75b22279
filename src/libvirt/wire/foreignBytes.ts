import { t } from '../../base/l10n.ts';
import { ProtocolError } from './protocolError.ts';

const SHOWN = 200;
/** Tab, line feed, carriage return, escape. */
const TEXT_CONTROLS = [9, 10, 13, 27];
/** Colours and cursor movements of a prompt. */
const terminalControl = /\p{Cc}\[[0-9;?]*[A-Za-z]/gu;

/**
 * Says what spoke instead of libvirt. The length word of a message, read as text, tells: libvirt's own client reports
 * the same as "packet 1397966893 bytes received from server too large", which is "SSH-".
 */
export function foreignBytes(bytes: Buffer): ProtocolError {
  const text = readableText(bytes);
  if (text === undefined)
    return new ProtocolError(
      t('The answer is not libvirt’s protocol: it announces a message of {0} bytes.', bytes.readUInt32BE(0)),
      { raw: bytes.subarray(0, SHOWN).toString('hex') },
    );
  return new ProtocolError(t('Not libvirt answered, but a text: “{0}”', text), {
    raw: bytes.subarray(0, SHOWN).toString('latin1'),
    advice: adviceFor(text),
  });
}

function readableText(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, SHOWN);
  const isText = start.subarray(0, 4).every((byte) => byte >= 32 || TEXT_CONTROLS.includes(byte));
  if (!isText) return undefined;
  return start
    .toString('utf8')
    .replace(terminalControl, '')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
}

function adviceFor(text: string): string {
  if (text.startsWith('SSH-'))
    return t('This is an SSH server: the connection leads to the wrong port or socket.');
  if (text.startsWith('HTTP/') || text.startsWith('<'))
    return t('This is a web server: the connection leads to the wrong port or socket.');
  return t(
    'A login script (.bashrc, .profile) or message of the day on the host prints it. Make it silent when there is no terminal.',
  );
}
