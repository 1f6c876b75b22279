import type { DocumentKind } from '../roots.ts';

/** The schema file that documents of a kind are judged by, as libvirt names them. */
export const schemaFiles = {
  domain: 'domain.rng',
  pool: 'storagepool.rng',
  volume: 'storagevol.rng',
  network: 'network.rng',
  networkport: 'networkport.rng',
  secret: 'secret.rng',
  domainsnapshot: 'domainsnapshot.rng',
  domaincheckpoint: 'domaincheckpoint.rng',
  domainbackup: 'domainbackup.rng',
  nwfilter: 'nwfilter.rng',
  nwfilterbinding: 'nwfilterbinding.rng',
  nodedev: 'nodedev.rng',
  interface: 'interface.rng',
  // libvirt has no file for a device alone: see deviceSchema.ts.
  device: 'domain.rng',
  capabilities: 'capability.rng',
  domainCapabilities: 'domaincaps.rng',
  storagepoolCapabilities: 'storagepoolcaps.rng',
} as const satisfies Record<DocumentKind, string>;

export const documentKinds = Object.keys(schemaFiles).filter((name) => isKind(name));

function isKind(name: string): name is DocumentKind {
  return name in schemaFiles;
}
