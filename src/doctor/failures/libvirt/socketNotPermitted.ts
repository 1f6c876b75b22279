import { t } from '../../../base/l10n.ts';
import { quoteArgv } from '../../../transport/quote.ts';
import type { Failure } from '../../failure.ts';
import { lineOf, subjectOf } from './ofComplaint.ts';

/** The user of the connection may not open libvirt's socket. */
export const socketNotPermittedFailure: Failure = {
  id: 'socket-not-permitted',
  page: () => ({
    title: t('The user may not use libvirt’s socket'),
    summary: t('The host is reached, but its libvirt refuses: “Permission denied” on the socket.'),
    why: [
      t(
        'libvirt listens on a UNIX socket, /run/libvirt/libvirt-sock, or virtqemud-sock with modular daemons. Who may write to that file may do everything that libvirt can, which is as much as root. Most distributions give it to the group libvirt.',
      ),
      t('A user who was added to a group is in it only in sessions that begin afterwards.'),
    ],
    looks: [t('At the connection: the owner and the group of the socket, and the groups of the user.')],
    cures: [
      t('Add the user to the group that the socket belongs to, and connect again.'),
      t('Connect as root.'),
      t(
        'Where the socket belongs to root alone: set unix_sock_group and unix_sock_rw_perms in libvirtd.conf, or ListenStream’s SocketGroup of the socket unit, and restart the socket.',
      ),
    ],
    byHand: ['ls -l /run/libvirt/', 'id', 'sudo usermod -aG libvirt USER'],
    links: [
      {
        title: t('libvirt: access to the daemon'),
        url: 'https://libvirt.org/auth.html',
      },
      { title: t('libvirt: sockets of the daemons'), url: 'https://libvirt.org/daemons.html' },
    ],
  }),
  symptoms: [
    {
      example: "Failed to connect socket to '/var/run/libvirt/libvirt-sock': Permission denied",
      pattern: /Failed to connect socket to '(.+?)': Permission denied/,
    },
  ],
  examineHost(patient, complaint) {
    if (!complaint) return Promise.resolve([]);
    const socket = complaint.match[1] ?? '';
    const user = userOf(patient.session.address.uri);
    const isSession = socket.includes('/user/') || socket.includes('/.cache/');
    return Promise.resolve([
      {
        failure: 'socket-not-permitted',
        severity: 'error',
        about: subjectOf(patient, complaint),
        title: t('The user of the connection to {0} may not open {1}', patient.name, socket),
        explanation: [
          isSession
            ? t('This is the socket of another user’s own daemon: only that user may open it.')
            : t(
                'The socket belongs to root and a group, most often libvirt. The user is not in it, or was added only after this connection began.',
              ),
          t('On the host: {0}', quoteArgv(['sudo', 'usermod', '-aG', 'libvirt', user ?? 'USER'])),
          t('Then disconnect and connect again: groups count from the next login.'),
        ],
        evidence: [lineOf(complaint)],
        remedies: [],
      },
    ]);
  },
};

/** The user that an address names. */
function userOf(uri: string): string | undefined {
  return /^[\w+]+:\/\/([^/@]+)@/.exec(uri)?.[1];
}
