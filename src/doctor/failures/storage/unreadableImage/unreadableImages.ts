import type { WaitOptions } from '../../../../base/waiting.ts';
import type { CephClient } from '../../../../ceph/cephAccess.ts';
import { CephError, Errno } from '../../../../ceph/cephError.ts';
import { cephCommand } from '../../../../ceph/cephProgram.ts';
import { getRbdInfo, placeArguments, type RbdPlace } from '../../../../ceph/rbd.ts';
import { cephClientOfPool, rbdPlaceOfPool } from '../../../../operations/volumes/cephClientOf.ts';
import { mapInTurns } from '../../../../operations/volumes/mapInTurns.ts';
import type { ExaminedPool, Patient } from '../../../patient.ts';
import { stateOfLogin } from '../../reach/loginState.ts';
import { loginsOfPools } from '../checkLogins.ts';

/** An image that Ceph lists and does not open. */
export interface UnreadableImage {
  readonly name: string;
  readonly kind:
    /** Its header is gone: libvirt leaves it out, and all else goes on. */
    | 'header-gone'
    /** The user may not read what it is made of: its parent, in another pool. */
    | 'forbidden'
    /** Its header is there and makes no sense, or this Ceph library is too old for it. */
    | 'damaged';
  /** What `rbd info` says. */
  readonly said: string;
}

/** Of so many it is looked why. */
const mostLookedAt = 20;
const atOnce = 4;
const silenceSeconds = 5;

/** The images of the pool that its own login cannot open; asked once a check-up. Rejects where Ceph does not answer. */
export function unreadableImagesOf(
  patient: Patient,
  pool: ExaminedPool,
): Promise<readonly UnreadableImage[]> {
  return patient.once(`unreadable images of ${pool.entry.ref.uuid}`, async () => {
    const [login] = await loginsOfPools(patient, [pool]);
    // What is wrong with the login is told by other failures.
    if (!login || (await stateOfLogin(patient, login)).kind !== 'fine') return [];
    const client = await poolClient(patient, pool, patient.wait);
    return lookForUnreadable(client, rbdPlaceOfPool(pool.model), patient.wait);
  });
}

/** Programs of Ceph as libvirt's pool; they do not wait long for monitors. */
export async function poolClient(
  { host }: Patient,
  { model }: ExaminedPool,
  options: WaitOptions,
): Promise<CephClient> {
  const { transport, access } = await cephClientOfPool(host, model, options);
  const settings = new Map([...access.settings, ['client_mount_timeout', String(silenceSeconds)]]);
  return { transport, access: { ...access, settings } };
}

/** `rbd ls -l` opens every image, and names those that it cannot open. */
export async function lookForUnreadable(
  talkative: CephClient,
  place: RbdPlace,
  options: WaitOptions,
): Promise<readonly UnreadableImage[]> {
  const client = withoutLog(talkative);
  const { command, input } = cephCommand('rbd', ['ls', '-l', ...placeArguments(place)], client.access);
  const { stderr, exitCode } = await client.transport.exec(command, { ...options, input });
  const names = unopenedImages(stderr);
  if (names.length === 0 && exitCode !== 0)
    throw new CephError('rbd', client.transport.label, exitCode ?? Errno.EIO, stderr);
  const found = await mapInTurns(names.slice(0, mostLookedAt), atOnce, async (name) => {
    try {
      await getRbdInfo(client, { ...place, image: name }, options);
      return undefined;
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      return unreadable(name, error);
    }
  });
  return found.filter((one) => one !== undefined);
}

/** What librados logs comes in the midst of the lines of rbd. */
function withoutLog({ transport, access }: CephClient): CephClient {
  const settings = new Map([...access.settings, ['log_to_stderr', 'false'], ['err_to_stderr', 'false']]);
  return { transport, access: { ...access, settings } };
}

/** The images that `rbd ls -l` complains of. */
export function unopenedImages(stderr: string): readonly string[] {
  const lines = stderr.matchAll(/^rbd: error opening (.+): \(\d+\) [^\n]*$/gm);
  return [...new Set([...lines].map(([, name = '']) => name))];
}

/** What it means that `rbd info` fails; undefined: Ceph did not answer. */
export function unreadable(name: string, error: CephError): UnreadableImage | undefined {
  const lines = (error.raw ?? '').split('\n').filter((line) => line.startsWith('rbd: '));
  const said = lines.at(-1) ?? error.message;
  switch (error.code) {
    case Errno.ETIMEDOUT:
      return undefined;
    case Errno.ENOENT:
      return { name, kind: 'header-gone', said };
    case Errno.EPERM:
    case Errno.EACCES:
      return { name, kind: 'forbidden', said };
    default:
      return { name, kind: 'damaged', said };
  }
}
