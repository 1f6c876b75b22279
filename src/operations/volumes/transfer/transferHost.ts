import type { ReportProgress } from '../../../base/progress.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import type { LibvirtConnection } from '../../../libvirt/connection.ts';
import type { LibvirtMachine } from '../cephClientOf.ts';

/** A host whose volumes are sent or fetched. */
export interface TransferHost extends LibvirtMachine {
  /** One more connection to its libvirt, for one transfer: a slow reader stops all else on a connection. */
  openConnection(options: WaitOptions): Promise<LibvirtConnection>;
}

export interface TransferOptions {
  readonly signal?: AbortSignal | undefined;
  readonly report?: ReportProgress | undefined;
}
