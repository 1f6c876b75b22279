import type { WaitOptions } from '../../base/waiting.ts';
import type { PlanCluster } from '../connectPool/poolConnection.ts';
import type { HostFile } from '../hostFiles/rootFile.ts';
import type { PlanHost } from '../plan/planHost.ts';
import type { HostPackages } from '../packages/packageSteps.ts';

/** A file that a plan writes on a host. */
export interface GiftFile {
  readonly file: HostFile;
  /** Where what is there, and differs, is kept; undefined: nothing is. */
  readonly backup: string | undefined;
}

/** What a host gets, so that it is a client of a cluster. */
export interface ClusterGift {
  readonly cluster: PlanCluster;
  readonly fsid: string;
  /** Its connection is always the newest: libvirt may be restarted on the way. */
  readonly host: PlanHost;
  /** What the cluster's files are called on this host. */
  readonly clusterName: string;
  /** undefined: the distribution is not known. */
  readonly packages: HostPackages | undefined;
  readonly configuration: GiftFile & { readonly text: string };
  readonly keyring: GiftFile;
  /** `vms` of client.vms */
  readonly user: string;
  /** With which capabilities the user is made; undefined: it is there. */
  readonly newUserCaps: ReadonlyMap<string, string> | undefined;
  /** A pool that the user may use, to try it with; undefined: none is known. */
  readonly pool: string | undefined;
  readonly secret: { readonly uuid: string; readonly usage: string };
  /** Whether the cluster's client may ask for the keys of others. */
  readonly mayAskKeys: boolean;
  /** Connects to libvirt again after its restart. */
  readonly connectAgain: (options: WaitOptions) => Promise<void>;
}
