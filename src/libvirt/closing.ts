import { messageOf, Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { ConnectionClosedError } from './errors.ts';
import type { LinkEnd } from './link.ts';

/** Why a connection has ended without our doing, for a person. */
export function explainEnd(host: string, end: LinkEnd): ConnectionClosedError {
  switch (end.cause) {
    case 'server':
      return new ConnectionClosedError(
        'server',
        end.insideMessage
          ? t('The connection to libvirt on {0} broke off in the middle of a message.', host)
          : t('libvirt on {0} has closed the connection.', host),
      );
    case 'keepalive':
      return new ConnectionClosedError(
        'keepalive',
        t('libvirt on {0} gives no sign of life any more.', host),
      );
    case 'transport':
    case 'protocol': {
      const { advice, raw } = end.error instanceof Problem ? end.error : {};
      const text = t('The connection to libvirt on {0} failed: {1}', host, messageOf(end.error));
      return new ConnectionClosedError(end.cause, text, { cause: end.error, advice, raw });
    }
  }
}
