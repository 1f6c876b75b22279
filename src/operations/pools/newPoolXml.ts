import { libvirtLayout, writeElement, type NewElement } from '../../xml/writer.ts';
import type { NewPool, PoolLogin, ScsiAdapter, StorageServer } from './newPool.ts';

const fsNamespace = 'http://libvirt.org/schemas/storagepool/fs/1.0';

/** The definition of a new pool; libvirt gives it a UUID. */
export function newPoolXml(pool: NewPool): string {
  const { type, name, mountOptions = [] } = pool;
  const hasOptions = mountOptions.length > 0;
  return writeElement(
    {
      name: 'pool',
      attributes: { type, 'xmlns:fs': hasOptions ? fsNamespace : undefined },
      children: [
        { name: 'name', text: name },
        ...sourceElement(pool),
        ...targetElement(pool),
        ...(hasOptions
          ? [
              {
                name: 'fs:mount_opts',
                children: mountOptions.map((option) => ({
                  name: 'fs:option',
                  attributes: { name: option },
                })),
              },
            ]
          : []),
      ],
    },
    libvirtLayout,
  );
}

/** The `<source>` that tells `findPoolSources()` which server to ask, and as whom. */
export function sourceSpecXml(servers: readonly StorageServer[], initiator?: string): string {
  const children = [...servers.map(hostElement), ...initiatorElement(initiator)];
  return writeElement({ name: 'source', children }, libvirtLayout);
}

function sourceElement(pool: NewPool): readonly NewElement[] {
  const { servers = [], devices = [], sourceName, directory, format, protocolVersion } = pool;
  const { adapter, initiator, login } = pool;
  const children: NewElement[] = [
    ...servers.map(hostElement),
    ...(sourceName === undefined ? [] : [{ name: 'name', text: sourceName }]),
    ...devices.map((path) => ({ name: 'device', attributes: { path } })),
    ...(directory === undefined ? [] : [{ name: 'dir', attributes: { path: directory } }]),
    ...(adapter ? [adapterElement(adapter)] : []),
    ...initiatorElement(initiator),
    ...(format === undefined ? [] : [{ name: 'format', attributes: { type: format } }]),
    ...(protocolVersion === undefined ? [] : [{ name: 'protocol', attributes: { ver: protocolVersion } }]),
    ...(login ? [loginElement(login)] : []),
  ];
  return children.length === 0 ? [] : [{ name: 'source', children }];
}

function hostElement({ name, port }: StorageServer): NewElement {
  return { name: 'host', attributes: { name, port: port === undefined ? undefined : String(port) } };
}

function adapterElement(adapter: ScsiAdapter): NewElement {
  const { type } = adapter;
  return type === 'scsi_host'
    ? { name: 'adapter', attributes: { type, name: adapter.name } }
    : {
        name: 'adapter',
        attributes: { type, parent: adapter.parent, wwnn: adapter.wwnn, wwpn: adapter.wwpn },
      };
}

function initiatorElement(initiator: string | undefined): readonly NewElement[] {
  return initiator === undefined
    ? []
    : [{ name: 'initiator', children: [{ name: 'iqn', attributes: { name: initiator } }] }];
}

function loginElement({ type, username, secretUuid }: PoolLogin): NewElement {
  return {
    name: 'auth',
    attributes: { type, username },
    children: [{ name: 'secret', attributes: { uuid: secretUuid } }],
  };
}

function targetElement({ targetPath }: NewPool): readonly NewElement[] {
  return targetPath === undefined ? [] : [{ name: 'target', children: [{ name: 'path', text: targetPath }] }];
}
