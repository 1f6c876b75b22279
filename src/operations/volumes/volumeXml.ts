import { libvirtLayout, writeElement, type NewElement } from '../../xml/writer.ts';

/** What a volume shall be; sizes in bytes. */
export interface NewVolume {
  readonly name: string;
  /** What a guest sees. */
  readonly capacity: number;
  /** What is taken of the storage at once; undefined: what libvirt takes, all of it for raw. */
  readonly allocation?: number | undefined;
  /** `raw`, `qcow2`; undefined where the pool has no choice. */
  readonly format?: string | undefined;
  /** It only holds what differs from this one. */
  readonly backing?: { readonly path: string; readonly format: string | undefined } | undefined;
  /** LUKS, opened by the passphrase in this secret. */
  readonly encryptionSecret?: string | undefined;
}

/** The definition that creates it. */
export function volumeXml(volume: NewVolume): string {
  const { name, capacity, allocation, format, backing, encryptionSecret } = volume;
  const target = [formatElement(format), encryptionElement(encryptionSecret)].filter(
    (element) => element !== undefined,
  );
  const bytes = (element: string, size: number): NewElement => ({
    name: element,
    attributes: { unit: 'bytes' },
    text: String(size),
  });
  const children: (NewElement | undefined)[] = [
    { name: 'name', text: name },
    bytes('capacity', capacity),
    allocation === undefined ? undefined : bytes('allocation', allocation),
    target.length === 0 ? undefined : { name: 'target', children: target },
    backing && {
      name: 'backingStore',
      children: [{ name: 'path', text: backing.path }, formatElement(backing.format)].filter(
        (element) => element !== undefined,
      ),
    },
  ];
  return writeElement(
    { name: 'volume', children: children.filter((element) => element !== undefined) },
    libvirtLayout,
  );
}

function formatElement(format: string | undefined): NewElement | undefined {
  return format === undefined ? undefined : { name: 'format', attributes: { type: format } };
}

function encryptionElement(secret: string | undefined): NewElement | undefined {
  return secret === undefined
    ? undefined
    : {
        name: 'encryption',
        attributes: { format: 'luks' },
        children: [{ name: 'secret', attributes: { type: 'passphrase', uuid: secret } }],
      };
}
