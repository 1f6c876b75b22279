import { t } from '../../../base/l10n.ts';
import { SshError } from '../sshError.ts';

/** What one gives to `ssh`, taken apart. */
export interface Destination {
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
}

/** Reads `kvm1`, `root@kvm1:2222`, `[fe80::1]:22`, `fe80::1` or `ssh://root@kvm1:2222`. */
export function parseDestination(text: string): Destination {
  const uri = /^ssh:\/\/([^/?#]*)\/?$/i.exec(text);
  const authority = uri?.[1] ?? text;
  const at = authority.lastIndexOf('@');
  const place = authority.slice(at + 1);
  // More than one colon without brackets is an IPv6 address.
  const parts = /^\[([^\]]*)\](?::(\d+))?$/.exec(place) ?? /^([^:[\]]*)(?::(\d+))?$/.exec(place);
  const decode = uri ? decodeURIComponent : String;
  try {
    const host = decode(parts?.[1] ?? (/^[\da-f:.]+(%\w+)?$/i.test(place) ? place : ''));
    const user = at < 0 ? undefined : decode(authority.slice(0, at));
    const port = parts?.[2] === undefined ? undefined : Number(parts[2]);
    if (isName(host) && (user === undefined || isName(user)) && isPort(port)) return { user, host, port };
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
  throw new SshError('bad-destination', t('“{0}” names no host that ssh could reach.', text), {
    advice: t('Give an alias of your SSH configuration, user@host or user@host:port.'),
  });
}

/** Neither empty nor an option of a program, and nothing in it that a shell or a path would read differently. */
function isName(text: string): boolean {
  return /^[^\s/\\'"`$;&|<>(){}\p{Cc}-][^\s/\\'"`$;&|<>(){}\p{Cc}]*$/u.test(text);
}

function isPort(port: number | undefined): boolean {
  return port === undefined || (port >= 1 && port <= 65535);
}
