import type { NamespaceScope } from './document.ts';
import type { QualifiedName } from './relaxng/nameClass.ts';

/** libvirt's own namespaces, by the prefix that everybody writes. */
export const libvirtNamespaces: ReadonlyMap<string, string> = new Map([
  ['qemu', 'http://libvirt.org/schemas/domain/qemu/1.0'],
  ['lxc', 'http://libvirt.org/schemas/domain/lxc/1.0'],
  ['xen', 'http://libvirt.org/schemas/domain/xen/1.0'],
  ['bhyve', 'http://libvirt.org/schemas/domain/bhyve/1.0'],
  ['vmware', 'http://libvirt.org/schemas/domain/vmware/1.0'],
  ['fs', 'http://libvirt.org/schemas/storagepool/fs/1.0'],
  ['rbd', 'http://libvirt.org/schemas/storagepool/rbd/1.0'],
  ['dnsmasq', 'http://libvirt.org/schemas/network/dnsmasq/1.0'],
]);

export interface PrefixedName {
  readonly name: string;
  /** Attributes that declare the prefix, when it is not in scope. */
  readonly declaration: Readonly<Record<string, string>>;
}

/** The name as it is written in the scope; undefined when nobody knows a prefix for its namespace. */
export function prefixedName(
  { namespace, localName }: QualifiedName,
  scope: NamespaceScope,
): PrefixedName | undefined {
  if ((scope.get('') ?? '') === namespace) return { name: localName, declaration: {} };
  for (const [prefix, known] of scope) {
    if (known === namespace) return { name: `${prefix}:${localName}`, declaration: {} };
  }
  for (const [prefix, known] of libvirtNamespaces) {
    if (known === namespace) {
      return { name: `${prefix}:${localName}`, declaration: { [`xmlns:${prefix}`]: namespace } };
    }
  }
  return undefined;
}
