import { t } from '../../../../base/l10n.ts';
import type { WaitOptions } from '../../../../base/waiting.ts';
import type { CephClient } from '../../../../ceph/cephAccess.ts';
import { CephError } from '../../../../ceph/cephError.ts';
import {
  imageArguments,
  listRbdImages,
  placeArguments,
  removeRbdImage,
  type RbdImage,
} from '../../../../ceph/rbd.ts';
import { restoreRbdImage, trashRbdImage } from '../../../../ceph/rbdTrash.ts';
import { cephArgv } from '../../../../operations/plan/cephShell.ts';
import type { Plan, PlanStep } from '../../../../operations/plan/plan.ts';
import type { PlanHost } from '../../../../operations/plan/planHost.ts';
import { rbdPlaceOfPool } from '../../../../operations/volumes/cephClientOf.ts';
import type { ExaminedPool, Patient } from '../../../patient.ts';
import { rados, readDirectoryEntries } from './imageDirectory.ts';
import { keyringRemark, UnreadableImageProblem } from './sharedSteps.ts';
import { poolClient } from './unreadableImages.ts';

interface Remains {
  readonly host: PlanHost;
  readonly client: CephClient;
  readonly image: RbdImage;
  readonly id: string;
}

async function remainsOf(
  patient: Patient,
  pool: ExaminedPool,
  name: string,
  options: WaitOptions,
): Promise<Remains> {
  const client = await poolClient(patient, pool, options);
  const image = { ...rbdPlaceOfPool(pool.model), image: name };
  const { id } = await readDirectoryEntries(client, image, options);
  return { host: patient.planHost, client, image, id };
}

/** Moves what is left of an image without a header to the trash. */
export async function trashRemainsPlan(
  patient: Patient,
  pool: ExaminedPool,
  name: string,
  options: WaitOptions,
): Promise<Plan> {
  const remains = await remainsOf(patient, pool, name, options);
  const { host, client, image, id } = remains;
  const restore = ['trash', 'restore', ...placeArguments(image), `--image-id=${id}`];
  return {
    title: t('Move what is left of {0} to the trash', `${image.pool}/${name}`),
    remarks: [
      t('Its data objects stay. rbd cannot remove it from the trash for good, but restore it.'),
      ...keyringRemark(client, host),
    ],
    steps: [
      {
        title: t('Move {0} to the trash', name),
        host: host.shell,
        commands: [{ argv: cephArgv(client.access, 'rbd', ['trash', 'mv', ...imageArguments(image)]) }],
        isDone: async ({ signal }) => !(await isListed(remains, { signal })),
        run: ({ signal }) => trashRbdImage(client, image, { signal }),
        undo: {
          title: t('Restore {0} from the trash', name),
          commands: [{ argv: cephArgv(client.access, 'rbd', restore) }],
          run: (wait) => restoreRbdImage(client, image, id, wait),
        },
      },
      checkGoneStep(remains),
    ],
  };
}

/** Removes what is left of an image without a header: its entries, and the objects with its data. */
export async function removeRemainsPlan(
  patient: Patient,
  pool: ExaminedPool,
  name: string,
  options: WaitOptions,
): Promise<Plan> {
  const remains = await remainsOf(patient, pool, name, options);
  const { host, client, image } = remains;
  const loss = t(
    'What is left of {0} is lost for good: from the objects with its data somebody could still put a part of it together.',
    `${image.pool}/${name}`,
  );
  return {
    title: t('Remove what is left of {0}', `${image.pool}/${name}`),
    loses: loss,
    remarks: [
      loss,
      t(
        'All objects of the Ceph pool are listed to find those of the image: that takes minutes in a big one.',
      ),
      ...keyringRemark(client, host),
    ],
    steps: [
      {
        title: t('Remove the image {0}', name),
        host: host.shell,
        commands: [{ argv: cephArgv(client.access, 'rbd', ['rm', ...imageArguments(image)]) }],
        isDone: async ({ signal }) => !(await isListed(remains, { signal })),
        run: async ({ signal }) => {
          await refuseWithHeader(remains, { signal });
          await removeRbdImage(client, image, { signal });
        },
      },
      dataStep(remains),
      checkGoneStep(remains),
    ],
  };
}

const listMs = 30 * 60_000;
/** Names that one program is given. */
const batch = 500;

function dataStep({ host, client, image, id }: Remains): PlanStep {
  const prefix = `rbd_data.${id}.`;
  const argv = cephArgv(client.access, 'rados', placeArguments(image));
  const pipeline = '"$@" ls | grep -F -- "$0" | xargs -r "$@" rm';
  return {
    title: t('Remove the objects that begin with {0}', prefix),
    host: host.shell,
    commands: [{ argv: ['sh', '-c', pipeline, prefix, ...argv] }],
    run: async ({ signal, report, note }) => {
      const listed = await rados(client, image, ['ls'], { signal, timeoutMs: listMs });
      const objects = listed
        .toString()
        .split('\n')
        .filter((name) => name.startsWith(prefix));
      for (let done = 0; done < objects.length; done += batch) {
        report({ fraction: done / objects.length });
        await rados(client, image, ['rm', ...objects.slice(done, done + batch)], { signal });
      }
      note(t('{0} objects', objects.length));
    },
  };
}

/** Somebody may have made an image of that name meanwhile. */
async function refuseWithHeader({ client, image, id }: Remains, options: WaitOptions): Promise<void> {
  const { id: now } = await readDirectoryEntries(client, image, options);
  const header = await rados(client, image, ['stat', `rbd_header.${now}`], options).catch(
    (error: unknown) => {
      if (error instanceof CephError && (error.raw ?? '').includes('(2) No such file')) return undefined;
      throw error;
    },
  );
  if (now !== id || header !== undefined)
    throw new UnreadableImageProblem('unreadable', t('{0} has a header: it is left alone.', image.image));
}

async function isListed({ client, image }: Remains, options: WaitOptions): Promise<boolean> {
  return (await listRbdImages(client, image, options)).includes(image.image);
}

function checkGoneStep(remains: Remains): PlanStep {
  const { host, client, image } = remains;
  return {
    title: t('Check that Ceph no longer lists {0}', image.image),
    host: host.shell,
    commands: [{ argv: cephArgv(client.access, 'rbd', ['ls', ...placeArguments(image)]) }],
    run: async ({ signal }) => {
      if (await isListed(remains, { signal }))
        throw new UnreadableImageProblem('unreadable', t('Ceph still lists {0}.', image.image));
    },
  };
}
