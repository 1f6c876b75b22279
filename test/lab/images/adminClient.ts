import type { CephClient } from '../../../src/ceph/cephAccess.ts';
import type { HostSession } from '../../../src/hosts/hostSession.ts';
import type { Lab } from '../../../tools/lab/lab.ts';
import { labSession } from '../support/labSession.ts';

export interface AdminClient {
  readonly session: HostSession;
  readonly client: CephClient;
  dispose(): void;
}

/** client.admin on kvm1, as its /etc/ceph has it. */
export async function adminClient(lab: Lab): Promise<AdminClient> {
  const session = await labSession(lab, 'qemu+ssh://kvm1/system');
  const { transport } = await session.connect();
  return {
    session,
    client: {
      transport,
      access: {
        monitors: [],
        clientId: 'admin',
        key: undefined,
        configFile: '/etc/ceph/ceph.conf',
        settings: new Map(),
      },
    },
    dispose: () => {
      session.dispose();
    },
  };
}
