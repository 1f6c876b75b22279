import { t } from '../../../../base/l10n.ts';
import { parseServer } from '../../../../operations/pools/rbd/monitorList.ts';
import type { StorageServer } from '../../../../operations/pools/newPool.ts';
import type { Ask } from '../../../prompts/wizard.ts';
import type { BuildPlan } from './poolPlan.ts';
import type { PoolSite } from './poolSite.ts';

export async function askPoolName(ask: Ask, site: PoolSite, suggested: string): Promise<string> {
  const taken = site.takenNames;
  const name = await ask.text({
    prompt: t('Name of the pool in libvirt'),
    value: freeName(suggested, taken),
    refusal: (text) => refusePoolName(text.trim(), taken, site.name),
  });
  return name.trim();
}

/** The suggestion as a name, and with a number when it is taken. */
export function freeName(suggested: string, taken: ReadonlySet<string>): string {
  const base = suggested.replaceAll(/[/\s]+/g, '-').replaceAll(/^[-.]+|-+$/g, '') || 'pool';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}

function refusePoolName(name: string, taken: ReadonlySet<string>, host: string): string | undefined {
  if (name === '') return t('A pool needs a name.');
  if (/[/\p{Cc}]/u.test(name) || name === '.' || name === '..') return t('This is no name for a pool.');
  return taken.has(name) ? t('{0} has a storage pool {1} already.', host, name) : undefined;
}

/** Where SELinux and AppArmor let guests use files without being told. */
export const imagesFolder = '/var/lib/libvirt/images';

/** Where the files of the pool appear. */
export async function askFolder(ask: Ask, suggested: string, prompt: string): Promise<string> {
  const path = await ask.text({ prompt, value: suggested, refusal: refuseFolder });
  return path.trim().replace(/(.)\/+$/, '$1');
}

export function refuseFolder(path: string): string | undefined {
  const text = path.trim();
  if (!text.startsWith('/') || /[\p{Cc}]/u.test(text)) return t('Give the whole path, beginning with “/”.');
  return /^\/+$/.test(text) ? t('Give a folder below “/”.') : undefined;
}

/** libvirt makes the folder if it is missing, and leaves one that is there as it is. */
export function folderBuild(path: string): BuildPlan {
  return {
    label: t('Make the folder'),
    detail: t('{0}, if it is not there', path),
    picked: true,
    flags: 0,
  };
}

export async function askServer(ask: Ask, prompt: string, usualPort?: number): Promise<StorageServer> {
  const given = await ask.text({
    prompt,
    placeholder: usualPort === undefined ? 'storage1, 10.0.0.5' : `storage1, 10.0.0.5, 10.0.0.5:${usualPort}`,
    refusal: (text) => (parseServer(text) ? undefined : t('“{0}” is no name or address of a server.', text)),
  });
  return parseServer(given) ?? { name: given };
}
