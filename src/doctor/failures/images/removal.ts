import { Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { sentences } from '../../../base/sentences.ts';
import { imageArguments } from '../../../ceph/rbd.ts';
import { Errno, isCephError } from '../../../ceph/cephError.ts';
import { getRbdInfo } from '../../../ceph/rbd.ts';
import type { LocatedImage } from '../../../hosts/clusters/imageOf.ts';
import { fullName } from '../../../hosts/clusters/imageUser.ts';
import { refreshPoolsOver } from '../../../hosts/clusters/poolsOver.ts';
import { lookBeforeRemoval } from '../../../hosts/clusters/removalLook.ts';
import type { HostSession } from '../../../hosts/hostSession.ts';
import { shellHostOf } from '../../../hosts/shellHost.ts';
import { ImageProblem } from '../../../operations/images/imageProblem.ts';
import type { RemovalPlace } from '../../../operations/images/removeImage/imageSteps.ts';
import { refuseImpossible, type RemovalLook } from '../../../operations/images/removeImage/obstacles.ts';
import { removalPlan } from '../../../operations/images/removeImage/removalPlan.ts';
import { cephArgv } from '../../../operations/plan/cephShell.ts';
import type { PlanStep } from '../../../operations/plan/plan.ts';
import type { Remedy } from '../../finding.ts';
import type { Subject } from '../../subject.ts';

/** Where an image is removed that a finding is about. */
export function removalPlaceOf(located: LocatedImage, sessions: readonly HostSession[]): RemovalPlace {
  const { image, client, cluster, session } = located;
  return {
    image,
    name: fullName(image),
    client,
    shell: shellHostOf(session),
    lookAgain: (options) => lookBeforeRemoval({ image, client, cluster, sessions }, options),
    changed: () => {
      if (!cluster) return;
      cluster.imagesChanged(image, [image.image]);
      // What libvirt lists is not the cure: a pool that cannot be refreshed has a failure of its own.
      refreshPoolsOver(cluster, image, sessions).catch(() => undefined);
    },
  };
}

/** Why no plan of ours removes it; undefined where one does. */
export function whyNotRemovable(look: RemovalLook): string | undefined {
  try {
    refuseImpossible(look, 'remove');
    return undefined;
  } catch (error) {
    if (error instanceof ImageProblem) return sentences(error.message, error.advice);
    throw error;
  }
}

/** The plan that clears away what holds the image, removes it, and looks whether it is gone. */
export function removeRemedy(title: string, place: RemovalPlace): Remedy {
  return {
    kind: 'plan',
    title,
    plan: async (options) => {
      const signal = options.signal ?? new AbortController().signal;
      const plan = removalPlan(place, await place.lookAgain({ signal }));
      return { ...plan, steps: [...plan.steps, goneStep(place)] };
    },
  };
}

class StillThereProblem extends Problem {
  readonly code = 'still-there';
}

function goneStep({ client, image, name, shell }: RemovalPlace): PlanStep {
  return {
    title: t('Check that {0} is gone', name),
    host: shell,
    commands: [
      {
        argv: [
          'sh',
          '-c',
          '! "$@"',
          'sh',
          ...cephArgv(client.access, 'rbd', ['info', ...imageArguments(image)]),
        ],
      },
    ],
    run: async ({ signal }) => {
      try {
        await getRbdInfo(client, image, { signal });
      } catch (error) {
        if (isCephError(error, Errno.ENOENT)) return;
        throw error;
      }
      throw new StillThereProblem(t('{0} is still there.', name));
    },
  };
}

/** Who uses it, to look before anything is done; nothing where there is no row to ask about. */
export function showUsesRemedies(on: Subject): readonly Remedy[] {
  if (on.kind !== 'image' && on.kind !== 'volume') return [];
  return [{ kind: 'command', title: t('Show Uses'), command: 'libvirt.image.showUses', on }];
}
