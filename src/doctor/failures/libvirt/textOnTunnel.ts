import { t } from '../../../base/l10n.ts';
import type { Complaint } from '../../complaint.ts';
import type { Failure } from '../../failure.ts';
import { lineOf, subjectOf } from './ofComplaint.ts';

/** Something else than libvirt speaks where libvirt should. */
export const textOnTunnelFailure: Failure = {
  id: 'text-on-tunnel',
  page: () => ({
    title: t('A text came where libvirt should answer'),
    summary: t(
      '“packet 1397966889 bytes received from server too large”, or “Not libvirt answered, but a text”.',
    ),
    why: [
      t(
        'Each message of libvirt begins with its length, four bytes. When something else comes through the connection, its first four letters are taken for the length: libvirt’s own clients then complain about a packet of some billion bytes. The number is those letters, less four.',
      ),
      t(
        'Most often a login script or a message of the day prints something although nobody sees it, the account has no shell (“This account is currently not available”), or the address leads to another server.',
      ),
    ],
    looks: [
      t('The number, read as the four letters that it was; or the text itself, where this extension saw it.'),
    ],
    cures: [
      t('Let login scripts print only where there is a terminal: [ -t 1 ].'),
      t('Take an account with a shell, and the right port or socket.'),
    ],
    byHand: ['ssh HOST true | head -c 100   # must print nothing'],
    links: [
      { title: t('libvirt: remote access'), url: 'https://libvirt.org/remote.html' },
      { title: t('libvirt: connecting by SSH'), url: 'https://libvirt.org/uri.html' },
    ],
  }),
  symptoms: [
    {
      example: 'packet 1397966889 bytes received from server too large, want 33554432',
      pattern: /packet (-?\d+) bytes received from (?:server|client) too (?:large|small)/,
    },
    {
      example: 'Not libvirt answered, but a text: “Welcome to web1”',
      pattern: /(?:Not libvirt answered, but a text|应答的不是 libvirt，而是一段文本)[:：]\s?“(?<text>.*?)”/s,
    },
  ],
  examineHost(patient, complaint) {
    if (!complaint) return Promise.resolve([]);
    const text = textOf(complaint);
    return Promise.resolve([
      {
        failure: 'text-on-tunnel',
        severity: 'error',
        about: subjectOf(patient, complaint),
        title:
          text === undefined
            ? t('What answered in place of libvirt on {0} is no text', patient.name)
            : t('“{0}” came in place of an answer of libvirt on {1}', text, patient.name),
        explanation: whatItIs(text),
        evidence: [lineOf(complaint)],
        remedies: [],
      },
    ]);
  },
};

function textOf({ match }: Complaint): string | undefined {
  return match.groups?.['text'] ?? wordOfLength(Number(match[1]));
}

/** The four letters that libvirt took for a length; undefined where they are none. libvirt takes its own four bytes off. */
export function wordOfLength(length: number): string | undefined {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE((length + 4) | 0);
  const isText = bytes.every((byte) => (byte >= 32 && byte < 127) || [9, 10, 13, 27].includes(byte));
  return isText ? bytes.toString('latin1').replaceAll('\x1b', 'ESC').replaceAll(/\s/g, ' ') : undefined;
}

function whatItIs(text: string | undefined): readonly string[] {
  if (text === undefined)
    return [
      t(
        'The length that was announced is no text either: the two sides do not speak the same protocol, TLS for instance, or bytes were lost.',
      ),
    ];
  if (text.startsWith('SSH-'))
    return [
      t(
        'This is how an SSH server greets: the connection leads to the port of sshd, not to libvirt’s socket.',
      ),
    ];
  if (/^(?:GET |POST|HEAD|HTTP|<htm|<!DO)/i.test(text))
    return [t('This is HTTP: a web server or a scanner is at the other end.')];
  if (text.startsWith('This'))
    return [
      t(
        'This is how “This account is currently not available.” begins: the account has nologin as its shell.',
      ),
      t('Give it a shell on the host, or log in as another user.'),
    ];
  return [
    t('A login script (.bashrc, .profile, /etc/profile.d) or a forced command on the host prints it.'),
    t('Try “ssh HOST true”: it must print nothing. Put what prints behind a test for a terminal: [ -t 1 ].'),
  ];
}
