import { t } from '../../base/l10n.ts';
import type { SchemaSet } from '../../xml/schemas/schemaSet.ts';

/** `libvirt 9.0.0 of kvm1`, `libvirt 11.3.0, packaged`. */
export function schemaName({ version, origin }: SchemaSet): string {
  const number = version ?? t('of an unknown version');
  switch (origin.kind) {
    case 'host':
      return t('libvirt {0} of {1}', number, origin.hostName);
    case 'packaged':
      return t('libvirt {0}, packaged', number);
    case 'folder':
      return t('libvirt {0} in {1}', number, origin.path);
  }
}

/** Why schemas of that version are in use, when they are not those of the document's host. */
export function schemaRemark(
  { version }: SchemaSet,
  host: { readonly name: string } | undefined,
  wantedVersion: string | undefined,
  isChosen: boolean,
): string {
  if (isChosen) return t('Chosen for all documents.');
  if (host === undefined) return t('No host is connected: the newest schema is used.');
  if (wantedVersion === undefined) return t('{0} has not told its version of libvirt yet.', host.name);
  return version === wantedVersion
    ? t('As on {0}.', host.name)
    : t('{0} has libvirt {1}.', host.name, wantedVersion);
}
