import { CancelledError, messageOf, Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { Turns } from '../../../base/turns.ts';
import type { WaitOptions } from '../../../base/waiting.ts';
import { noConfigFile, type CephClient } from '../../../ceph/cephAccess.ts';
import { CephError, Errno } from '../../../ceph/cephError.ts';
import { listRbdImages, listRbdSnapshots } from '../../../ceph/rbd.ts';
import type { SecretRef } from '../../../libvirt/protocol/refs.ts';
import { isCephKey } from '../../../operations/secrets/cephKey.ts';
import { readSecretValue } from '../../../operations/secrets/compareSecrets.ts';
import {
  findSecretByUsage,
  findSecretByUuid,
  type SecretHost,
} from '../../../operations/secrets/defineSecret.ts';
import {
  cephClientOfDisk,
  cephClientOfPool,
  type LibvirtMachine,
} from '../../../operations/volumes/cephClientOf.ts';
import type { Patient } from '../../patient.ts';
import type { RbdLogin } from './rbdLogins.ts';

/** How Ceph receives a login. */
export type LoginState =
  /** It may list the images of the pool. */
  | { readonly kind: 'fine' }
  /** No monitor answers. */
  | { readonly kind: 'silent'; readonly said: string }
  /** The monitors let it in, but the OSDs with the data do not answer. */
  | { readonly kind: 'stalled'; readonly said: string }
  /** The host does not know the name of a monitor. */
  | { readonly kind: 'name-unknown'; readonly said: string }
  /** The monitors answer and refuse: the user, its key, or its capabilities for the monitors. */
  | { readonly kind: 'refused'; readonly said: string }
  /** It names no user, and Ceph lets nobody in without one. */
  | { readonly kind: 'no-auth'; readonly said: string }
  | { readonly kind: 'pool-missing'; readonly said: string }
  /** It is let in, but its capabilities do not reach the images. */
  | { readonly kind: 'forbidden'; readonly said: string }
  | { readonly kind: 'secret-missing' }
  | { readonly kind: 'secret-without-value'; readonly secret: SecretRef }
  /** What the secret holds cannot be a key: nobody was asked, as librados would print it. */
  | { readonly kind: 'no-key' }
  /** It could not be tried. */
  | { readonly kind: 'not-tried'; readonly reason: string };

/** How long monitors and OSDs may take, in seconds, and the program as a whole. */
export const silenceSeconds = 5;
const timeoutMs = 18_000;

/** What {@link probeLogin} needs of a login. */
export type LoginQuestion = Pick<RbdLogin, 'owner' | 'place' | 'image' | 'hosts' | 'auth'>;

/** So many programs at a time on a host: sshd allows ten on a connection, and others need theirs. */
const atOnce = 3;

/** What the logins of one check-up of a host have in common. */
interface Probes {
  readonly turns: Turns;
  /** By monitors: where one login is not answered, the next is not either. */
  readonly silent: Map<string, LoginState>;
}

const probesOf = new WeakMap<Patient, Probes>();

/** The state of a login, asked once a check-up for all that log in in the same way. */
export function stateOfLogin(patient: Patient, login: RbdLogin): Promise<LoginState> {
  const { owner, place, hosts, auth } = login;
  const settings = owner.kind === 'pool' ? [...owner.pool.model.configOptions] : owner.source.configFile;
  const question = JSON.stringify(['login', owner.kind, place, hosts, auth, settings]);
  const probes = probesOf.get(patient) ?? { turns: new Turns(atOnce), silent: new Map<string, LoginState>() };
  probesOf.set(patient, probes);
  const monitors = JSON.stringify([hosts, settings]);
  return patient.once(question, () =>
    probes.turns.run(async () => {
      const known = probes.silent.get(monitors);
      if (known) return known;
      const state = await probeLogin({ ...patient.host, name: patient.name }, login, patient.wait);
      if (state.kind === 'silent' || state.kind === 'name-unknown') probes.silent.set(monitors, state);
      return state;
    }),
  );
}

/** The secret that a login names; undefined where the host has none. */
export async function secretOfLogin(
  host: SecretHost,
  { auth }: Pick<RbdLogin, 'auth'>,
  options?: WaitOptions,
): Promise<SecretRef | undefined> {
  const { uuid, usage } = auth?.secret ?? {};
  if (uuid !== undefined) return findSecretByUuid(host, uuid, options);
  return usage === undefined ? undefined : findSecretByUsage(host, { type: 'ceph', id: usage }, options);
}

/** Lists the images of the pool, on the host, with the very user, key and monitors of the login. libvirt waits for nothing. */
export async function probeLogin(
  machine: LibvirtMachine & SecretHost,
  login: LoginQuestion,
  options: WaitOptions = {},
): Promise<LoginState> {
  if (login.auth === undefined) return tryClient(await clientOf(machine, login, options), login, options);
  const secret = await secretOfLogin(machine, login, options);
  if (!secret) return { kind: 'secret-missing' };
  const value = await readSecretValue(machine, secret, options);
  if (value.kind === 'none') return { kind: 'secret-without-value', secret };
  if (value.kind === 'set') {
    const isKey = isCephKey(value.bytes);
    value.bytes.fill(0);
    if (!isKey) return { kind: 'no-key' };
    return tryClient(await clientOf(machine, login, options), login, options);
  }
  // Without its key one still finds out whether the monitors answer.
  const state = await tryClient(
    await clientOf(machine, { ...login, auth: undefined }, options),
    login,
    options,
  );
  if (state.kind === 'silent' || state.kind === 'name-unknown') return state;
  return { kind: 'not-tried', reason: t('The secret is private: libvirt tells its value to nobody.') };
}

/** A login without a user asks only whether Ceph wants one: a keyring of the host's administrator does not count. */
async function clientOf(
  machine: LibvirtMachine,
  { owner, hosts, auth }: LoginQuestion,
  options: WaitOptions,
): Promise<CephClient> {
  const { transport, access } =
    owner.kind === 'pool'
      ? await cephClientOfPool(machine, { ...owner.pool.model, hosts, auth }, options)
      : await cephClientOfDisk(machine, { ...owner.source, hosts, auth }, options);
  const settings = new Map([
    ...access.settings,
    ['client_mount_timeout', String(silenceSeconds)],
    ['rados_osd_op_timeout', String(silenceSeconds)],
    ...(auth === undefined ? ([['auth_client_required', 'none']] as const) : []),
  ]);
  const needsFile = hosts.length === 0;
  return {
    transport,
    access: {
      ...access,
      configFile: auth === undefined && !needsFile ? noConfigFile : access.configFile,
      settings,
    },
  };
}

async function tryClient(
  client: CephClient,
  { place, image, auth }: LoginQuestion,
  options: WaitOptions,
): Promise<LoginState> {
  const wait = { signal: options.signal, timeoutMs: Math.min(options.timeoutMs ?? timeoutMs, timeoutMs) };
  try {
    await listRbdImages(client, place, wait);
    return { kind: 'fine' };
  } catch (error) {
    const state = stateAfter(error, auth !== undefined);
    // Capabilities may be for some images alone.
    if (state.kind !== 'forbidden' || !image || !(await mayOpen(client, image, wait))) return state;
    return { kind: 'fine' };
  }
}

async function mayOpen(
  client: CephClient,
  image: NonNullable<LoginQuestion['image']>,
  wait: WaitOptions,
): Promise<boolean> {
  try {
    await listRbdSnapshots(client, image, wait);
    return true;
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    return false;
  }
}

/** What it means that `rbd ls` failed. */
export function stateAfter(error: unknown, hasUser: boolean): LoginState {
  if (!(error instanceof Problem) || error instanceof CancelledError) throw error;
  const said = error.raw === undefined || error.raw === '' ? error.message : lastLine(error.raw);
  if (!(error instanceof CephError)) return { kind: 'not-tried', reason: error.message };
  const isBeforeLogin = (error.raw ?? '').includes("couldn't connect to the cluster");
  switch (error.code) {
    case Errno.ETIMEDOUT:
      return { kind: isBeforeLogin ? 'silent' : 'stalled', said };
    case Errno.EACCES:
    case Errno.EOPNOTSUPP:
      return { kind: hasUser ? 'refused' : 'no-auth', said };
    case Errno.EPERM:
      return { kind: isBeforeLogin ? (hasUser ? 'refused' : 'no-auth') : 'forbidden', said };
    case Errno.ENOENT:
      return isBeforeLogin ? { kind: 'not-tried', reason: error.message } : { kind: 'pool-missing', said };
    case Errno.EINVAL:
      return /server name not found|unable to parse addrs/.test(error.raw ?? '')
        ? { kind: 'name-unknown', said: firstLine(error.raw ?? said) }
        : { kind: 'not-tried', reason: error.message };
    default:
      return { kind: 'not-tried', reason: error.message };
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}

/** What the program says itself: librados writes before it. */
function lastLine(raw: string): string {
  const own = raw.split('\n').filter((line) => line.startsWith('rbd: '));
  return own.at(-1) ?? raw;
}

/** An error of something that is only looked at on the way. */
export function reasonOf(error: unknown): string {
  if (error instanceof CancelledError) throw error;
  return messageOf(error);
}
