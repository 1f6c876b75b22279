import { t } from '../../base/l10n.ts';

/** What a person types as the name of a user: with or without the `client.` before it. */
export function clientIdOf(text: string): string {
  return text.trim().replace(/^client\./, '');
}

/** Why a text cannot be the name of a user; undefined when it can: it must also be the name of its keyring. */
export function refuseUserName(text: string, taken: ReadonlySet<string> = new Set()): string | undefined {
  const id = clientIdOf(text);
  if (id === '') return t('Give a name.');
  if (taken.has(`client.${id}`)) return t('There is a user client.{0} already.', id);
  return /^[A-Za-z0-9_][A-Za-z0-9_.:@+-]*$/.test(id)
    ? undefined
    : t('Letters, digits and . _ - : @ + are possible, and a letter or digit first.');
}

/** How a secret of libvirt that holds the key of a user is called, as Ceph's documents do. */
export function secretUsageOf(entity: string): string {
  return `${entity} secret`;
}
