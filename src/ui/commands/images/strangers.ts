import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { waitFor } from '../../../base/waiting.ts';
import { blockClient } from '../../../ceph/blocklist.ts';
import type { StrangeWatcher } from '../../../operations/images/removeImage/imageOnHosts.ts';
import type { RemovalPlace } from '../../../operations/images/removeImage/imageSteps.ts';
import {
  refuseImpossible,
  type RemovalKind,
  type RemovalLook,
} from '../../../operations/images/removeImage/obstacles.ts';
import type { ImageNode } from '../../explorer/clusters/imageNode.ts';
import { confirm, confirmOneOf } from '../../prompts/confirm.ts';
import { onCluster } from '../clusters/onCluster.ts';
import type { CommandServices } from '../command.ts';

/** Ceph forgets a client that has crashed after 30 s. */
const forgetsMs = 36_000;
const lookEveryMs = 2000;

/**
 * Looks at what stands in the way of an image's removal. Of somebody who has it open and is no known domain the person is
 * asked what to do. @returns undefined when the person thinks better of it
 */
export async function lookWithoutStrangers(
  row: ImageNode,
  place: RemovalPlace,
  kind: RemovalKind,
  services: CommandServices,
): Promise<RemovalLook | undefined> {
  const title = t('Looking at what uses {0}', place.name);
  let look = await onCluster(row, services, { title }, (_client, signal) => place.lookAgain({ signal }));
  for (;;) {
    refuseImpossible(look, kind);
    const { strangers } = look.onHosts;
    if (strangers.length === 0) return look;
    const wait = t('Wait for Ceph to Forget It');
    const block = t('Block the Client…');
    const choice = await confirmOneOf(
      t('{0} is open: {1}.', place.name, strangers.map(({ words }) => words).join('; ')),
      t(
        'A domain of a host that is not connected here, a device that a host has mapped, or another program may be writing to it. If it has crashed, Ceph forgets it within 30 seconds.',
      ),
      [wait, block],
    );
    if (choice === undefined) return undefined;
    if (choice === block && !(await blockStrangers(row, strangers, services))) continue;
    look = await waitForStrangers(row, place, services);
  }
}

/** Looks again and again, until nobody unknown has it open or the time is up. */
function waitForStrangers(
  row: ImageNode,
  place: RemovalPlace,
  services: CommandServices,
): Promise<RemovalLook> {
  const title = t('Waiting for Ceph to forget who has {0} open', place.name);
  return onCluster(row, services, { title }, async (_client, signal, report) => {
    const start = performance.now();
    for (;;) {
      const look = await place.lookAgain({ signal });
      const waited = performance.now() - start;
      if (look.onHosts.strangers.length === 0 || waited > forgetsMs) return look;
      report({
        fraction: waited / forgetsMs,
        message: t('{0} s left', Math.ceil((forgetsMs - waited) / 1000)),
      });
      await waitFor(sleep(lookEveryMs), { signal }, () => '');
    }
  });
}

async function blockStrangers(
  row: ImageNode,
  strangers: readonly StrangeWatcher[],
  services: CommandServices,
): Promise<boolean> {
  const addresses = strangers.map(({ client }) => client);
  const agreed = await confirm(
    t('Shut {0} out of the Ceph cluster {1}?', addresses.join(', '), row.cluster.name),
    sentences(
      t(
        'Whatever it has open in this cluster, not only this image, fails at once: a domain that still runs there gets I/O errors on all its RBD disks and must be restarted.',
      ),
      t('It ends by itself after an hour. “ceph osd blocklist rm” ends it before.'),
    ),
    t('Block the Client'),
  );
  if (!agreed) return false;
  await onCluster(
    row,
    services,
    { title: t('Blocking {0}', addresses.join(', ')) },
    async (client, signal) => {
      for (const address of addresses) await blockClient(client, address, { signal });
    },
  );
  return true;
}
