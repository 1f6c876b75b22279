import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { runCeph, workCeph } from '../../ceph/cephProgram.ts';
import { destinationArguments, imageArguments, type RbdImage } from '../../ceph/rbd.ts';
import { getRbdDetails } from '../../ceph/rbdDetails.ts';
import { cephArgv } from '../plan/cephShell.ts';
import type { Plan, PlanStep, PlanUndo } from '../plan/plan.ts';
import type { ShellCommand, ShellHost } from '../plan/shell.ts';

/** An image of format 1 that shall be one of format 2, under its name. */
export interface FormatPlace {
  readonly image: RbdImage;
  readonly client: CephClient;
  readonly shell: ShellHost;
  /** Told when it has another format. */
  readonly changed: () => void;
}

class FormatProblem extends CodedProblem<'still-old'> {}

/** What new images have as a rule: rbd_default_features 61. */
const features = ['layering', 'exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten'];

/** Has Ceph copy an image of format 1 into one of format 2 (live migration of images, Ceph 14 and later). */
export function migrateFormatPlan(place: FormatPlace): Plan {
  const name = `${place.image.pool}/${place.image.image}`;
  return {
    title: t('Make {0} an image of format 2', name),
    remarks: [
      t(
        'Nobody may have it open until the first step is done: shut down the domain that uses it. After that it can run.',
      ),
      t('It takes as long as there is data, and as much room again until the end.'),
      t(
        'Until the last step it can be taken back; then the old image is removed, and all is in the new one.',
      ),
    ],
    steps: [...migrationSteps(place, name), checkStep(place, name)],
  };
}

function migrationSteps({ image, client, shell, changed }: FormatPlace, name: string): readonly PlanStep[] {
  const rbd = (...args: readonly string[]): ShellCommand => ({ argv: cephArgv(client.access, 'rbd', args) });
  const prepare = [
    ...['migration', 'prepare', ...imageArguments(image), ...destinationArguments(image)],
    ...features.flatMap((feature) => ['--image-feature', feature]),
  ];
  const verb = (word: string): readonly string[] => ['migration', word, ...imageArguments(image)];
  let isCommitted = false;
  const abort: PlanUndo = {
    title: t('Make {0} what it was', name),
    commands: [rbd(...verb('abort'))],
    run: async (options) => {
      await workCeph(client, 'rbd', verb('abort'), options);
      changed();
    },
  };
  return [
    {
      title: t('Make an empty image of format 2 over {0}', name),
      host: shell,
      commands: [rbd(...prepare)],
      isDone: async ({ signal }) => (await getRbdDetails(client, image, { signal })).format === 2,
      run: async ({ signal }) => {
        await runCeph(client, 'rbd', prepare, { signal });
        changed();
      },
      get undo() {
        return isCommitted ? undefined : abort;
      },
    },
    {
      title: t('Copy the data'),
      host: shell,
      commands: [rbd(...verb('execute'))],
      run: ({ signal, report }) => workCeph(client, 'rbd', verb('execute'), { signal, report }),
    },
    {
      title: t('Remove the old image'),
      host: shell,
      commands: [rbd(...verb('commit'))],
      run: async ({ signal, report }) => {
        await workCeph(client, 'rbd', verb('commit'), { signal, report });
        isCommitted = true;
        changed();
      },
    },
  ];
}

function checkStep({ image, client, shell }: FormatPlace, name: string): PlanStep {
  return {
    title: t('Check the format of {0}', name),
    host: shell,
    commands: [{ argv: cephArgv(client.access, 'rbd', ['info', ...imageArguments(image)]) }],
    run: async ({ signal, note }) => {
      const details = await getRbdDetails(client, image, { signal });
      if (details.format !== 2) throw new FormatProblem('still-old', t('{0} is still of format 1.', name));
      note(details.features.join(', '));
    },
  };
}
