import { t } from '../../base/l10n.ts';

/** libvirt keeps a snapshot in a file of its name, `NAME.xml`; an external one's disks end with it. */
const longest = 200;

/** `2026-11-21-1405`: sorts by time. */
export function proposedName(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}`;
}

/** The proposed name, with a number behind it where it is taken. */
export function freeSnapshotName(proposed: string, taken: ReadonlySet<string>): string {
  if (!taken.has(proposed)) return proposed;
  for (let number = 2; ; number += 1) {
    const name = `${proposed}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Why libvirt or QEMU would not take a snapshot of this name, or mix it up; undefined when they do. */
export function snapshotNameRefusal(name: string, taken: ReadonlySet<string>): string | undefined {
  return (
    commonRefusal(name, taken) ??
    (/^\d+$/.test(name)
      ? t('QEMU takes a number for the number of another snapshot: add a letter.')
      : undefined)
  );
}

/** Why Ceph or we would not take an RBD snapshot of this name; undefined when it can be had. */
export function rbdSnapshotNameRefusal(name: string, taken: ReadonlySet<string>): string | undefined {
  return (
    commonRefusal(name, taken) ?? (name.includes('@') ? t('Ceph allows no “@” in the name.') : undefined)
  );
}

function commonRefusal(name: string, taken: ReadonlySet<string>): string | undefined {
  if (name === '') return t('Give it a name.');
  if (name !== name.trim()) return t('Leave out the space at its ends.');
  if (name.includes('/')) return t('It may hold no slash.');
  if (name.startsWith('.') || name.startsWith('-')) return t('It may begin with neither a dot nor a dash.');
  if (/\p{Cc}/u.test(name)) return t('It may hold no control characters.');
  if (Buffer.byteLength(name) > longest) return t('It is too long: {0} bytes at most.', longest);
  return taken.has(name) ? t('There is a snapshot of this name already.') : undefined;
}
