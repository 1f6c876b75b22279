/** What QEMU shows a guest of a serial number. */
const most = 20;

/**
 * A serial number by which the guest finds the image: its name, so that it is /dev/disk/by-id/virtio-NAME. undefined
 * where nothing of the name is left, or a disk has it already.
 */
export function proposeSerial(image: string, taken: readonly (string | undefined)[]): string | undefined {
  const base = image.replaceAll(/[^A-Za-z0-9_.+-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  if (base === '') return undefined;
  for (let number = 1; number < 100; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`;
    const serial = base.slice(0, most - suffix.length) + suffix;
    if (!taken.includes(serial)) return serial;
  }
  return undefined;
}
