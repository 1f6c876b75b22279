import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { SshHostConfig } from './config/sshHostConfig.ts';
import { SshError } from './sshError.ts';

/** Why no TCP connection came about. */
export function socketFailure(config: SshHostConfig, cause: NodeJS.ErrnoException): SshError {
  const { label, hostName, port } = config;
  const details = { raw: messageOf(cause) || cause.code, cause };
  switch (cause.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new SshError('host-not-found', t('No address was found for {0} ({1}).', hostName, label), {
        ...details,
        advice: t('Check the name, or give the address as HostName in your SSH configuration.'),
      });
    case 'ECONNREFUSED':
      return new SshError(
        'refused',
        t('{0} refused the connection: nothing listens on its port {1}.', label, port),
        {
          ...details,
          advice: t('Check that sshd runs there, and on which port.'),
        },
      );
    case 'ETIMEDOUT':
      return new SshError('timeout', t('{0} did not answer.', label), {
        ...details,
        advice: t(
          'Check that the host is up, and that no firewall between here and port {1} of {0} drops the connection.',
          hostName,
          port,
        ),
      });
    case 'ECONNRESET':
    case 'EPIPE':
      return new SshError('connection-lost', t('{0} closed the connection.', label), details);
    default:
      return new SshError('unreachable', t('{0} cannot be reached: {1}', label, messageOf(cause)), {
        ...details,
        advice: t('Check the network, the VPN, and the address {0}.', hostName),
      });
  }
}

/** Why the SSH handshake failed. `greeting` is what came over the connection first. */
export function handshakeFailure(
  config: SshHostConfig,
  error: Error | undefined,
  greeting: string,
): SshError {
  const { label, hostName, port } = config;
  const raw = [greeting.trim(), error?.message].filter(Boolean).join('\n') || undefined;
  if (error && /no matching/i.test(error.message)) {
    return new SshError(
      'no-common-algorithm',
      t('{0} and this program have no algorithm in common.', label),
      {
        raw,
        advice: t(
          'sshd there allows only algorithms that are too old or too new: look at KexAlgorithms, HostKeyAlgorithms, Ciphers and MACs in its sshd_config.',
        ),
      },
    );
  }
  if (/^Exceeded MaxStartups|^Not allowed at this time/m.test(greeting)) {
    return new SshError('connection-lost', t('sshd on {0} takes no further connections now.', label), {
      raw,
      advice: t(
        'Try again in a while. MaxStartups and PerSourceMaxStartups in its sshd_config set the limit.',
      ),
    });
  }
  if (greeting !== '' && !/^SSH-/m.test(greeting)) {
    return new SshError(
      'not-ssh',
      t('What answers on port {1} of {0} is not an SSH server.', hostName, port),
      {
        raw,
        advice: t(
          'Give the port that sshd listens on, as user@host:port or as Port in your SSH configuration.',
        ),
      },
    );
  }
  return new SshError('connection-lost', t('{0} closed the connection during the SSH handshake.', label), {
    raw,
    advice: t(
      'It may be overloaded, or refuse connections from this address. Its log tells more: journalctl -u ssh',
    ),
  });
}

/** Why the connection ended while logging in, when it was not the server's answer to a login. */
export function loginLost(config: SshHostConfig, error: Error | undefined): SshError {
  return new SshError('connection-lost', t('{0} closed the connection during the login.', config.label), {
    raw: error?.message,
    advice: t('The log of sshd on the host tells why: journalctl -u ssh'),
    ...(error && { cause: error }),
  });
}
