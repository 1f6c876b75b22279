import { t } from '../../base/l10n.ts';
import type { CephClient } from '../../ceph/cephAccess.ts';
import { getRbdInfo, imageArguments, placeArguments, type RbdImage } from '../../ceph/rbd.ts';
import { restoreRbdImage, trashRbdImage } from '../../ceph/rbdTrash.ts';
import { cephArgv } from '../plan/cephShell.ts';
import type { Plan } from '../plan/plan.ts';
import type { ShellHost } from '../plan/shell.ts';

/** An image in the trash that is to be restored under the name it had. */
export interface TrashedPlace {
  readonly image: RbdImage;
  /** Its id in the trash. */
  readonly trashed: string;
  readonly client: CephClient;
  readonly shell: ShellHost;
  /** Told when the image is back, or gone again. */
  readonly changed: () => void;
}

/** Restores an image, and looks whether it is there. */
export function restorePlan({ image, trashed, client, shell, changed }: TrashedPlace): Plan {
  const name = `${image.pool}/${image.image}`;
  const rbd = (...args: readonly string[]): { readonly argv: readonly string[] } => ({
    argv: cephArgv(client.access, 'rbd', args),
  });
  return {
    title: t('Restore {0} from the trash', name),
    remarks: [],
    steps: [
      {
        title: t('Restore {0} from the trash', name),
        host: shell,
        commands: [rbd('trash', 'restore', ...placeArguments(image), `--image-id=${trashed}`)],
        run: async ({ signal }) => {
          await restoreRbdImage(client, image, trashed, { signal });
          changed();
        },
        undo: {
          title: t('Move {0} to the trash again', name),
          commands: [rbd('trash', 'mv', ...imageArguments(image))],
          run: async (options) => {
            await trashRbdImage(client, image, options);
            changed();
          },
        },
      },
      {
        title: t('Check that {0} can be opened', name),
        host: shell,
        commands: [rbd('info', ...imageArguments(image))],
        run: async ({ signal }) => {
          await getRbdInfo(client, image, { signal });
        },
      },
    ],
  };
}
