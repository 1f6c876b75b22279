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
  const host = parts ? parts[1] : /^[\da-f:.]+(%\w+)?$/i.test(place) ? place : undefined;
  const port = parts?.[2] === undefined ? undefined : Number(parts[2]);
  const user = at < 0 ? undefined : authority.slice(0, at);
  if (
    host === undefined ||
    !isName(host) ||
    (user !== undefined && !isName(user)) ||
    (port !== undefined && (port < 1 || port > 65535))
  ) {
    throw new SshError('bad-destination', t('“{0}” names no host that ssh could reach.', text), {
      advice: t('Give an alias of your SSH configuration, user@host or user@host:port.'),
    });
  }
  return uri
    ? { user: user === undefined ? undefined : decode(user), host: decode(host), port }
    : { user, host, port };
}

/** Not empty, no option of a program, nothing that ends a word or a path. */
function isName(text: string): boolean {
  // eslint's no-control-regex: ranges instead of the characters themselves.
  return /^[^\s/\\'"`$;&|<>(){}-][^\s/\\'"`$;&|<>(){}]*$/.test(text) && !/\p{Cc}/u.test(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new SshError('bad-destination', t('“{0}” is not correctly percent-encoded.', text), { cause });
  }
}
