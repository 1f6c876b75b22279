import { t } from '../../../base/l10n.ts';

/** Why a namespace cannot be called so; undefined when it can. */
export function refuseNamespace(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return t('A namespace needs a name.');
  if (/[/@]/.test(name)) return t('Ceph takes / and @ for separators.');
  if (taken.includes(name)) return t('There is a namespace of this name.');
  return undefined;
}
