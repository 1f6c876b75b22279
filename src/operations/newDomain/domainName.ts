import { t } from '../../base/l10n.ts';

/** libvirt names files after the domain, and adds to the name: a file name has 255 bytes. */
const maxBytes = 200;

/**
 * Why a domain cannot have this name; undefined when it can. libvirt itself refuses an empty name, one of white space
 * only, and one with a slash (virDomainDefPostParse); a newline or a control character it cannot write.
 * @param taken names of the domains on the host
 */
export function domainNameRefusal(
  name: string,
  taken: ReadonlySet<string>,
  host: string,
): string | undefined {
  if (name.trim() === '') return t('A domain needs a name.');
  if (name !== name.trim()) return t('The name begins or ends with a space.');
  if (name.includes('/')) return t('The name of a domain cannot hold a slash.');
  if (/^\.+$/.test(name)) return t('The name of a domain cannot be dots only.');
  if (/[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(name)) return t('The name holds a control character.');
  if (Buffer.byteLength(name) > maxBytes) return t('The name is too long.');
  if (taken.has(name)) return t('{0} has a domain {1} already.', host, name);
  return undefined;
}

/** A name of RFC 1123 made of another: for the guest itself. */
export function hostNameFrom(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return letters === '' ? 'guest' : letters;
}

/** Why it cannot be the host name of a guest; undefined when it can. */
export function hostNameRefusal(name: string): string | undefined {
  const isName =
    name.length <= 253 && /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*$/.test(name);
  return isName ? undefined : t('A host name is made of letters, digits, dashes and dots.');
}

/** Names such as `web2` and `web3` for `web1`: the first that is free. */
export function freeName(base: string, taken: ReadonlySet<string>): string {
  const [, stem = base, digits] = /^(.*?)(\d*)$/s.exec(base) ?? [];
  for (let number = digits ? Number(digits) : 1; ; number += 1) {
    const name = `${stem}${number}`;
    if (!taken.has(name)) return name;
  }
}
