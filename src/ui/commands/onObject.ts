import { messageOf } from '../../base/errors.ts';
import type { ReportProgress } from '../../base/progress.ts';
import type { ConnectedHost } from '../../hosts/hostSession.ts';
import type { ObjectNode } from '../explorer/node.ts';
import { withProgress, type ProgressOptions } from '../progress.ts';
import type { CommandServices } from './command.ts';

/** Does something to an object of a connected host, with progress and in the log. */
export async function onObject<T>(
  node: ObjectNode,
  { log }: CommandServices,
  progress: ProgressOptions,
  work: (host: ConnectedHost, signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T> {
  const host = node.host.require();
  log.info(progress.title);
  try {
    return await withProgress(progress, (signal, report) => work(host, signal, report));
  } catch (error) {
    log.info(`${progress.title}: ${messageOf(error)}`);
    throw error;
  }
}
