import { t } from '../../base/l10n.ts';

/** Why a pool of Ceph cannot have this name, undefined when it can. @param taken names that are there already */
export function refusePoolName(name: string, taken: ReadonlySet<string>): string | undefined {
  if (name.trim() === '') return t('It needs a name.');
  if (name !== name.trim()) return t('A name cannot begin or end with a space.');
  if (taken.has(name)) return t('There is a Ceph pool of this name already.');
  if (/\p{Cc}/u.test(name)) return t('A name cannot hold control characters.');
  if (/[/@]/.test(name))
    return t('The name cannot hold “/” or “@”: RBD writes images as pool/image@snapshot.');
  if (/^[.-]/.test(name))
    return t('The name cannot begin with a dot, which Ceph keeps for itself, or a dash.');
  if (Buffer.byteLength(name) > 255) return t('The name is too long.');
  return undefined;
}
