import type { CephCluster } from '../hosts/clusters/cephCluster.ts';
import type { HostSession } from '../hosts/hostSession.ts';
import type { DomainEntry } from '../hosts/inventory/domains.ts';
import type { PoolEntry } from '../hosts/inventory/pools.ts';
import type { Complaint } from './complaint.ts';
import type { Finding } from './finding.ts';
import type { Patient, Ward } from './patient.ts';

/** How a failure shows in what a machine says. */
export interface Symptom {
  /** As libvirt, QEMU or Ceph write it; the pattern matches it. */
  readonly example: string;
  readonly pattern: RegExp;
}

/** What people read of a failure: a page of its own, in both languages, is made of this. */
export interface FailurePage {
  /** "A storage pool has no backend" */
  readonly title: string;
  /** One sentence for lists: what one sees. */
  readonly summary: string;
  /** Why it is so, in plain words: a paragraph each. */
  readonly why: readonly string[];
  /** What is looked at to be sure, a sentence each. */
  readonly looks: readonly string[];
  /** What is offered, a sentence each: the best first. */
  readonly cures: readonly string[];
  /** What one types without this extension. Not translated. */
  readonly byHand?: readonly string[];
  /** Pages of libvirt, Ceph or QEMU about it. */
  readonly links: readonly { readonly title: string; readonly url: string }[];
  /** What was only tested against recorded output, and why. */
  readonly limits?: string;
}

/**
 * A failure that is known: how it shows, how one makes sure, why it is so and what cures it. It never changes anything by
 * itself: what cures is offered.
 */
export interface Failure {
  /** Words in lower case with hyphens, unique: also the name of its page. */
  readonly id: string;
  /** A function, as texts are loaded late. */
  readonly page: () => FailurePage;
  readonly symptoms: readonly Symptom[];
  /**
   * Looks at a host for it. With a complaint, only at what that is about: the finding then also says so when the cause is
   * likely, but cannot be proved. What rejects is told as not examined.
   */
  examineHost?(patient: Patient, complaint?: Complaint): Promise<readonly Finding[]>;
  /** The same for a Ceph cluster: only for what is wrong with the cluster itself. */
  examineCluster?(cluster: CephCluster, ward: Ward, complaint?: Complaint): Promise<readonly Finding[]>;
  /** What can be told without asking anybody: a badge in the tree. undefined: nothing is wrong. */
  readonly glance?: Glance;
}

export interface Glance {
  pool?(pool: PoolEntry, session: HostSession): string | undefined;
  domain?(domain: DomainEntry, session: HostSession): string | undefined;
}
