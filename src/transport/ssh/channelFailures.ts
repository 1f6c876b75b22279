import { t } from '../../base/l10n.ts';
import { SshError } from './sshError.ts';

/** What a channel was to be opened for. */
export type ChannelPurpose =
  | { readonly kind: 'program'; readonly name: string }
  | { readonly kind: 'socket'; readonly name: string }
  | { readonly kind: 'port'; readonly name: string };

/** SSH_OPEN_ADMINISTRATIVELY_PROHIBITED and the like: RFC 4254, section 5.1. */
const administrativelyProhibited = 1;
const unknownChannelType = 3;

/** Why sshd opened no channel. OpenSSH says only `open failed` for a UNIX socket, whatever the reason. */
export function channelFailure(
  label: string,
  purpose: ChannelPurpose,
  error: Error & { readonly reason?: unknown },
): SshError {
  const details = { raw: error.message, cause: error };
  const { name } = purpose;
  const prohibited = error.reason === administrativelyProhibited || error.reason === unknownChannelType;
  switch (purpose.kind) {
    case 'program':
      return new SshError('session-refused', t('sshd on {0} did not run {1}.', label, name), {
        ...details,
        advice: t(
          'Too many programs run at once over this connection (MaxSessions in its sshd_config), or the account may run none.',
        ),
      });
    case 'socket':
      return prohibited
        ? new SshError('forwarding-prohibited', t('sshd on {0} forwards no UNIX sockets.', label), {
            ...details,
            advice: t('Allow it there with AllowStreamLocalForwarding in sshd_config.'),
          })
        : new SshError('connect-failed', t('The socket {0} on {1} did not open.', name, label), {
            ...details,
            advice: t(
              'It does not exist, nothing listens on it, the user may not use it, or sshd forbids it (AllowStreamLocalForwarding).',
            ),
          });
    case 'port':
      return prohibited
        ? new SshError('forwarding-prohibited', t('sshd on {0} does not forward to {1}.', label, name), {
            ...details,
            advice: t('Allow it there with AllowTcpForwarding and PermitOpen in sshd_config.'),
          })
        : new SshError('connect-failed', t('{0} did not open, as seen from {1}.', name, label), details);
  }
}
