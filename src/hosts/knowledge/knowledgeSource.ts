import type { LibvirtConnection } from '../../libvirt/connection.ts';
import type { BackgroundReads } from './backgroundReads.ts';

/** What each part of the knowledge of a host reads from, and whom it tells that something changed. */
export interface KnowledgeSource {
  readonly connection: LibvirtConnection;
  readonly reads: BackgroundReads;
  readonly changed: () => void;
}
