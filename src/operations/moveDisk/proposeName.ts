/**
 * A name for what a disk is moved to: `web1-vda`, `web1-vda.qcow2`; a free one, which every kind of pool takes.
 * @param extension with its dot, or nothing
 */
export function proposeImageName(
  domain: string,
  target: string,
  extension: string,
  taken: ReadonlySet<string>,
): string {
  const stem = `${domain}-${target}`.replaceAll(/[/@\p{Cc}\p{Cs}]+/gu, '-').replace(/^[-.]+/, '');
  for (let number = 1; ; number += 1) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}${extension}`;
    if (!taken.has(name)) return name;
  }
}
