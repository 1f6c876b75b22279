import type { WaitOptions } from '../base/waiting.ts';
import { defineDomain, getDomainXml, lookupDomainByName } from '../libvirt/domains.ts';
import { isLibvirtError } from '../libvirt/errors.ts';
import { defineNetwork, getNetworkXml, lookupNetworkByName } from '../libvirt/networks.ts';
import { ErrorCode } from '../libvirt/protocol/errorCodes.ts';
import { defineSecret, getSecretXml, lookupSecret } from '../libvirt/secrets.ts';
import { getSnapshotXml, lookupSnapshot } from '../libvirt/snapshots.ts';
import { definePool, getPoolXml, lookupPoolByName } from '../libvirt/storagePools.ts';
import { getVolumeXml, lookupVolume } from '../libvirt/volumes.ts';
import type { ConnectedHost } from './hostSession.ts';

/** The object whose XML is meant. */
export type DefinitionAddress =
  | { readonly folder: 'domains' | 'pools' | 'networks'; readonly name: string }
  /** `name` is the secret's UUID. */
  | { readonly folder: 'secrets'; readonly name: string }
  | { readonly folder: 'volumes'; readonly pool: string; readonly name: string };

export type DefinitionFolder = DefinitionAddress['folder'];

/** What is kept on the host and used at the next start; undefined when there is no such object. */
export async function readDefinition(
  { connection }: ConnectedHost,
  address: DefinitionAddress,
  options: WaitOptions & { readonly secure?: boolean | undefined } = {},
): Promise<string | undefined> {
  try {
    switch (address.folder) {
      case 'domains': {
        const domain = await lookupDomainByName(connection, address.name, options);
        return await getDomainXml(connection, domain, { ...options, inactive: true });
      }
      case 'pools': {
        const pool = await lookupPoolByName(connection, address.name, options);
        return await getPoolXml(connection, pool, { ...options, inactive: true });
      }
      case 'networks': {
        const network = await lookupNetworkByName(connection, address.name, options);
        return await getNetworkXml(connection, network, { ...options, inactive: true });
      }
      case 'secrets':
        return await getSecretXml(connection, await lookupSecret(connection, address.name, options), options);
      case 'volumes': {
        const pool = await lookupPoolByName(connection, address.pool, options);
        return await getVolumeXml(
          connection,
          await lookupVolume(connection, pool, address.name, options),
          options,
        );
      }
    }
  } catch (error) {
    if (isLibvirtError(error, ...missing)) return undefined;
    throw error;
  }
}

const missing = [
  ErrorCode.noDomain,
  ErrorCode.noStoragePool,
  ErrorCode.noStorageVolume,
  ErrorCode.noNetwork,
  ErrorCode.noSecret,
];

/** How a running domain is now, which may differ from its definition. */
export async function readLiveDomain({ connection }: ConnectedHost, name: string): Promise<string> {
  return getDomainXml(connection, await lookupDomainByName(connection, name));
}

/** What libvirt keeps of a snapshot, with the domain's definition of that time. */
export async function readSnapshot(
  { connection }: ConnectedHost,
  domain: string,
  name: string,
): Promise<string> {
  const snapshot = await lookupSnapshot(connection, await lookupDomainByName(connection, domain), name);
  return getSnapshotXml(connection, snapshot);
}

/** Volumes have no definition that could be changed. */
export type DefinableFolder = Exclude<DefinitionFolder, 'volumes'>;

/** Defines or redefines an object, checked by libvirt's schema where its version can. */
export async function define(
  { connection }: ConnectedHost,
  folder: DefinableFolder,
  xml: string,
  options: WaitOptions = {},
): Promise<{ readonly validated: boolean }> {
  switch (folder) {
    case 'domains':
      return defineDomain(connection, xml, options);
    case 'pools':
      return definePool(connection, xml, options);
    case 'networks':
      return defineNetwork(connection, xml, options);
    case 'secrets':
      return defineSecret(connection, xml, options);
  }
}
