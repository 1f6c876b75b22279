import type { HostSession } from '../hostSession.ts';
import type { UnreadableFile } from './cephOnHost.ts';

/** Why a host that is a client of a cluster is no way to it. */
export type Hindrance = {
  readonly session: HostSession;
  /** Who is logged in there. */
  readonly user: string;
} & (
  | { readonly kind: 'unreadable'; readonly files: readonly UnreadableFile[] }
  | { readonly kind: 'no-programs' }
  | { readonly kind: 'no-key'; readonly configuration: string }
);
