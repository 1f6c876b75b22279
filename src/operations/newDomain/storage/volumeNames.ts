import type { PoolOffer } from '../../storage/poolOffer.ts';

/**
 * A name for a volume of a domain that is a file name, a logical volume and an RBD image as well, and not taken.
 * @param suffix such as `-seed`
 */
export function volumeNameFor(
  domain: string,
  { kind, format }: Pick<PoolOffer, 'kind' | 'format'>,
  taken: ReadonlySet<string>,
  suffix = '',
): string {
  const plain = domain.replace(/[^A-Za-z0-9._+-]+/g, '_').replace(/^[-._+]+/, '');
  const stem = `${plain === '' ? 'disk' : plain.slice(0, 100)}${suffix}`;
  const extension = kind === 'file' ? `.${suffix === '' ? format : 'iso'}` : '';
  for (let number = 1; ; number += 1) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}${extension}`;
    if (!taken.has(name)) return name;
  }
}
