import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '../../base/l10n.ts';
import { waitFor } from '../../base/waiting.ts';
import { blockClient, unblockClient } from '../../ceph/blocklist.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { imageArguments, listRbdWatchers, type RbdImage } from '../../ceph/rbd.ts';
import { cephArgv, monitorsArgv } from '../plan/cephShell.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import type { ShellHost } from '../plan/shell.ts';
import { ImageProblem } from './imageProblem.ts';

/** An image that somebody has open who is to be shut out. */
export interface BlockedImage {
  readonly image: RbdImage;
  /** `pool/image`, for people. */
  readonly name: string;
  readonly client: CephClient;
  readonly shell: ShellHost;
  /** As Ceph calls them: `10.0.0.5:0/3245`. */
  readonly addresses: readonly string[];
}

/** Shuts clients out of the whole cluster, and looks whether Ceph has forgotten that they have the image open. */
export function blockClientPlan(blocked: BlockedImage): Plan {
  const { name, addresses } = blocked;
  const loss = t(
    'What {0} has open in this cluster, not only {1}, fails at once: a domain that still runs there gets I/O errors on all its RBD disks, and must be restarted.',
    addresses.join(', '),
    name,
  );
  return {
    title: t('Shut {0} out of the Ceph cluster', addresses.join(', ')),
    loses: loss,
    remarks: [loss, t('It ends by itself after an hour.')],
    steps: [...addresses.map((address) => blockStep(blocked, address)), forgottenStep(blocked)],
  };
}

function blockStep({ client, shell }: BlockedImage, address: string): PlanStep {
  return {
    title: t('Put {0} on the blocklist', address),
    host: shell,
    commands: [{ argv: monitorsArgv(client.access, ['osd', 'blocklist', 'add', address, '3600']) }],
    run: ({ signal }) => blockClient(client, address, { signal }),
    undo: {
      title: t('Take {0} off the blocklist', address),
      commands: [{ argv: monitorsArgv(client.access, ['osd', 'blocklist', 'rm', address]) }],
      run: (options) => unblockClient(client, address, options),
    },
  };
}

/** Ceph forgets a watcher after 30 s without a sign of life. */
const forgetsMs = 40_000;
const lookEveryMs = 1000;

function forgottenStep({ client, image, name, shell, addresses }: BlockedImage): PlanStep {
  return {
    title: t('Check that it does not have {0} open any more', name),
    host: shell,
    commands: [{ argv: cephArgv(client.access, 'rbd', ['status', ...imageArguments(image)]) }],
    run: async ({ signal, report }) => {
      const giveUp = performance.now() + forgetsMs;
      for (;;) {
        const watchers = await listRbdWatchers(client, image, { signal });
        if (!watchers.some(({ address }) => addresses.includes(address))) return;
        if (performance.now() > giveUp)
          throw new ImageProblem(
            'in-use',
            t('Ceph still counts {0} among those who have {1} open.', addresses.join(', '), name),
          );
        report({ message: t('waiting for Ceph to forget who had {0} open', name) });
        await waitFor(sleep(lookEveryMs), { signal }, () => '');
      }
    },
  };
}
