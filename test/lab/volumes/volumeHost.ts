import { silentLog } from '../../../src/base/log.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import { openOwnConnection } from '../../../src/hosts/ownConnection.ts';
import type { TransferHost } from '../../../src/operations/volumes/transfer/transferHost.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';

export interface VolumeHost extends TransferHost {
  readonly session: HostSession;
}

/** kvm1 of a lab, reached as the extension reaches it. */
export async function volumeHost(lab: Lab): Promise<VolumeHost> {
  const session = await labSession(lab, 'qemu+ssh://kvm1/system');
  const { connection, transport } = await session.connect();
  return {
    session,
    connection,
    transport,
    openConnection: (options) => openOwnConnection(session, silentLog, options),
  };
}
