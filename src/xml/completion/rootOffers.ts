import type { XmlDocument } from '../document.ts';
import { libvirtLayout } from '../writer.ts';
import { namesOf } from '../relaxng/nameClass.ts';
import { initialScope } from '../scanner/namespaces.ts';
import type { ContentPlace } from './cursorPlace.ts';
import type { Offer } from './offer.ts';
import type { Parts } from './parts.ts';

/** Roots that are not of the schema in use, with what each cannot do without. */
const otherRoots: readonly (readonly [name: string, attributes: string])[] = [
  ['domain', " type='${1|kvm,qemu,xen,lxc|}'"],
  ['pool', " type='${1|dir,fs,netfs,logical,disk,iscsi,rbd,gluster,zfs|}'"],
  ['volume', ''],
  ['network', ''],
  ['secret', " ephemeral='${1|no,yes|}' private='${2|no,yes|}'"],
  ['domainsnapshot', ''],
  ['domaincheckpoint', ''],
  ['domainbackup', ''],
  ['filter', " name='$1'"],
  ['filterbinding', ''],
  ['interface', " type='${1|ethernet,bridge,bond,vlan|}' name='$2'"],
  ['device', ''],
];

/** What a document of libvirt begins with; nothing when there is a root already. */
export function rootOffers(
  { root }: XmlDocument,
  { typed, form }: ContentPlace,
  parts: Pick<Parts, 'schema' | 'expansion'> | undefined,
): readonly Offer[] {
  if (root !== undefined && root !== typed) return [];
  const written = new Map<string, string>();
  for (const pattern of parts?.schema.roots ?? []) {
    for (const name of namesOf(pattern.name)) {
      const snippet = parts?.expansion.snippet(pattern, name, undefined, initialScope, libvirtLayout);
      if (snippet !== undefined) written.set(name.localName, snippet);
    }
  }
  for (const [name, attributes] of otherRoots) {
    if (!written.has(name)) written.set(name, `<${name}${attributes}>\n  $0\n</${name}>`);
  }
  return [...written].map(([label, snippet]) => ({
    kind: 'element',
    label,
    filterText: form === 'tag' ? `<${label}` : label,
    snippet: form === 'name' ? label : snippet,
    isRequired: false,
  }));
}
