import { CodedProblem } from '../../../../base/errors.ts';
import { t } from '../../../../base/l10n.ts';
import type { CephClient } from '../../../../ceph/cephAccess.ts';
import { placeArguments, type RbdPlace } from '../../../../ceph/rbd.ts';
import { cephArgv } from '../../../../operations/plan/cephShell.ts';
import type { PlanStep } from '../../../../operations/plan/plan.ts';
import type { PlanHost } from '../../../../operations/plan/planHost.ts';
import { lookForUnreadable } from './unreadableImages.ts';

/** Images of a pool cannot be opened: libvirt would stop the pool if it listed them now. */
export class UnreadableImageProblem extends CodedProblem<'unreadable'> {}

const timeoutMs = 300_000;

/** Rejects while there is an image for which libvirt would stop the pool. */
export function checkOpenStep(host: PlanHost, client: CephClient, place: RbdPlace): PlanStep {
  return {
    title: t('Check that every image of the Ceph pool {0} can be opened', place.pool),
    host: host.shell,
    commands: [{ argv: cephArgv(client.access, 'rbd', ['ls', '-l', ...placeArguments(place)]) }],
    run: async ({ signal, note }) => {
      const found = await lookForUnreadable(client, place, { signal, timeoutMs });
      const harmful = found.filter(({ kind }) => kind !== 'header-gone');
      if (harmful.length > 0)
        throw new UnreadableImageProblem(
          'unreadable',
          t(
            'Images of the Ceph pool {0} cannot be opened: {1}.',
            place.pool,
            harmful.map(({ name }) => name).join(', '),
          ),
          {
            raw: harmful.map(({ said }) => said).join('\n'),
            advice: t('While one of them is there, libvirt stops the pool whenever it lists its images.'),
          },
        );
      if (found.length > 0)
        note(t('{0} have no header: libvirt leaves them out', found.map(({ name }) => name).join(', ')));
    },
  };
}

/** What a script needs that the plan has. */
export function keyringRemark({ access }: CephClient, { name }: Pick<PlanHost, 'name'>): readonly string[] {
  return access.key === undefined
    ? []
    : [t('As a script, this needs a keyring of client.{0} on {1}.', access.clientId ?? 'admin', name)];
}
