import { CancelledError } from '../../../base/errors.ts';
import type { ReportProgress } from '../../../base/progress.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { openOwnConnection } from '../../../hosts/ownConnection.ts';
import type { TransferHost } from '../../../operations/volumes/transfer/transferHost.ts';
import type { ExplorerNode, ObjectNode } from '../../explorer/node.ts';
import { showProblem } from '../../problems.ts';
import type { ProgressOptions } from '../../progress.ts';
import type { CommandServices } from '../command.ts';
import { onObject } from '../onObject.ts';

/** A connected host, as procedures on volumes take it. */
export interface VolumeHost extends TransferHost {
  readonly name: string;
}

export function volumeHostOf(session: HostSession, { log }: CommandServices): VolumeHost {
  const { connection, transport } = session.require();
  return {
    name: session.name,
    connection,
    transport,
    openConnection: (options) => openOwnConnection(session, log, options),
  };
}

/**
 * Does something to volumes, after which the row of their pool is read again: libvirt has no events of volumes. What a
 * cancel could not undo is told when it is known.
 */
export async function onVolumes<T>(
  node: ObjectNode,
  pool: ExplorerNode | undefined,
  services: CommandServices,
  progress: ProgressOptions,
  work: (host: VolumeHost, signal: AbortSignal, report: ReportProgress) => Promise<T>,
): Promise<T> {
  return onObject(node, services, progress, async (_host, signal, report) => {
    try {
      return await work(volumeHostOf(node.host, services), signal, report);
    } catch (error) {
      if (signal.aborted && !(error instanceof CancelledError)) showProblem(error, services.log);
      throw error;
    } finally {
      if (pool) services.explorer.redraw(pool);
    }
  });
}
