import type { Monitor } from '../hostKnowledge.ts';

/** What QEMU's old way to name an RBD image says: `rbd:pool/image@snapshot:id=user:mon_host=a\:6789;b`. */
export interface QemuRbdFile {
  /** `pool/image` or `pool/namespace/image`. */
  readonly image: string;
  readonly snapshot: string | undefined;
  readonly username: string | undefined;
  readonly hosts: readonly Monitor[];
  /** Path of a Ceph configuration. */
  readonly config: string | undefined;
}

/** undefined when it is no such name. Keys and options that libvirt has no place for are left out. */
export function parseQemuRbdFile(file: string): QemuRbdFile | undefined {
  if (!file.startsWith('rbd:')) return undefined;
  const [path = '', ...options] = splitAtColons(file.slice('rbd:'.length));
  const [, image, snapshot] = /^([^/@]+(?:\/[^/@]+){1,2})(?:@(.+))?$/s.exec(path) ?? [];
  if (image === undefined) return undefined;
  const values = new Map(
    options.map((option) => {
      const at = option.indexOf('=');
      return [option.slice(0, at), option.slice(at + 1)] as const;
    }),
  );
  return {
    image,
    snapshot,
    username: values.get('id'),
    hosts: (values.get('mon_host') ?? '').split(/[;,\s]+/).flatMap(parseMonitor),
    config: values.get('conf'),
  };
}

/** A backslash takes the meaning from the character that follows. */
function splitAtColons(text: string): string[] {
  return (text.match(/(?:[^\\:]|\\.?)+|(?<=:)(?=:|$)/gs) ?? []).map((part) => part.replace(/\\(.?)/gs, '$1'));
}

function parseMonitor(text: string): Monitor[] {
  const [, ipv6, name = ipv6, port] = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  return name === undefined ? [] : [{ name, port: port === undefined ? undefined : Number(port) }];
}
