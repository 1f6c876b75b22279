import { t } from '../../base/l10n.ts';
import type { Opened } from './imageOpened.ts';

export function openedInWords(opened: Opened, host: string): string {
  switch (opened.kind) {
    case 'open':
      return t('QEMU has it open: the watcher {0} came', opened.address);
    case 'not-seen':
      return t('Ceph sees no new watcher of it: look into the log of the domain on {0}', host);
    case 'unknown':
      return t('whether QEMU has it open is not known: {0}', opened.reason);
  }
}
