import { t } from '../../base/l10n.ts';
import { readDisk } from '../../libvirt/model/disk.ts';
import type { XmlElement } from '../../libvirt/model/element.ts';

/** Why a disk is not moved, as the end of a sentence, and what to do about it. */
export interface Refusal {
  readonly why: string;
  readonly advice: string | undefined;
}

/** What the XML of a disk says against moving it; undefined when nothing does. @param active whether it runs */
export function refusalToMove(element: XmlElement, active: boolean): Refusal | undefined {
  const { device, source, readOnly, shareable, mirror } = readDisk(element);
  if (device === 'cdrom' || device === 'floppy')
    return refusal(t('it is a drive for media.'), t('Upload the medium as a volume instead.'));
  if (device === 'lun')
    return refusal(
      t('the guest has the SCSI device itself.'),
      t('Make it a disk (device="disk") in the XML first.'),
    );
  if (!source) return refusal(t('it has no source.'));
  if (source.type === 'network' && source.snapshot !== undefined)
    return refusal(t('it is a snapshot of an RBD image.'), t('Clone the snapshot instead.'));
  if (shareable)
    return refusal(
      t('other domains may write to it at the same time.'),
      t('Shut all of them down and take <shareable/> away first.'),
    );
  if (isEncryptedByXml(element))
    return refusal(
      t('its image is encrypted.'),
      t(
        'A copy by QEMU would be readable by everybody. Copy the encrypted file as it is, or decrypt it knowingly.',
      ),
    );
  if (element.child('source')?.child('slices'))
    return refusal(t('it is a part of a larger file.'), t('Copy that part by hand.'));
  if (mirror)
    return refusal(t('a job runs on it.'), t('Wait for it, or end it: “Show Running Job of Disk”.'));
  if (active && readOnly)
    return refusal(t('it is read-only, and the domain runs.'), t('Shut the domain down first.'));
  if (active && element.child('transient'))
    return refusal(t('it forgets what is written when the domain stops.'), t('Shut the domain down first.'));
  return undefined;
}

function refusal(why: string, advice?: string): Refusal {
  return { why, advice };
}

function isEncryptedByXml(disk: XmlElement): boolean {
  return (disk.child('source')?.child('encryption') ?? disk.child('encryption')) !== undefined;
}
