import { t } from '../../base/l10n.ts';

/** librbd takes more; a volume of libvirt and a file of an export do not. */
const longest = 255;

/** Why an RBD image cannot have this name, undefined when it can. @param taken names that are there already */
export function refuseImageName(name: string, taken: ReadonlySet<string>): string | undefined {
  if (name.trim() === '') return t('It needs a name.');
  if (taken.has(name)) return t('There is an image of this name already.');
  if (/\p{Cc}/u.test(name)) return t('A name cannot hold control characters.');
  if (name.includes('/')) return t('The name of an RBD image cannot hold “/”.');
  if (name.includes('@')) return t('The name of an RBD image cannot hold “@”.');
  if (Buffer.byteLength(name) > longest) return t('The name is too long.');
  return undefined;
}

/** `web1-copy`, or with a number behind it. */
export function freeImageName(proposed: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? proposed : `${proposed}${number}`;
    if (!taken.has(name)) return name;
  }
}

/** What the file of an image is called by default: `disk.qcow2` becomes `disk`. */
export function imageNameOfFile(path: string): string {
  const file = path.replace(/^.*[/\\]/s, '');
  const name = file
    .replace(/\.(?:img|raw|qcow2|iso|vmdk|vdi|vhdx?|qed)$/i, '')
    .replaceAll(/[@\p{Cc}]/gu, '_');
  return name === '' ? file : name;
}
