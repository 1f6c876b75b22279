import { CancelledError } from '../../../base/errors.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import type { ConnectedHost } from '../../../hosts/hostSession.ts';
import type { ObjectNode } from '../../explorer/node.ts';
import { withProgress } from '../../progress.ts';
import type { CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';

export interface Titles {
  /** `Taking the snapshot a of web1` */
  readonly doing: string;
  /** What is still to be done once it is cancelled: `Undoing ...` */
  readonly ending: string;
}

/**
 * Does work that puts things right when it is cancelled: waits for that too, and tells what it could not put right.
 * @returns what the work gave, also when it was done before it heard of the cancel
 */
export async function toTheEnd<T>(
  node: ObjectNode,
  services: CommandServices,
  { doing, ending }: Titles,
  work: (host: ConnectedHost, signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T> {
  let ended: Promise<T> | undefined;
  try {
    return await onObject(node, services, { title: doing }, (host, signal, report) => {
      ended = work(host, signal, report);
      return ended;
    });
  } catch (error) {
    if (!(error instanceof CancelledError) || !ended) throw error;
    const rest = ended;
    return withProgress({ title: ending }, () => rest);
  }
}
