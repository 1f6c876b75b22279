import type { Duplex } from 'node:stream';
import { messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { waitFor, type WaitOptions } from '../base/waiting.ts';
import { type ConnectionOptions, LibvirtConnection } from './connection.ts';
import { isLibvirtError, UnsupportedAuthError } from './errors.ts';
import {
  authList,
  authPolkit,
  AuthType,
  connectOpen,
  connectRegisterCloseCallback,
  connectSupportsFeature,
  DriverFeature,
} from './protocol/connect.ts';
import { ErrorCode } from './protocol/errorCodes.ts';

/** Authentication may ask a person at the host. */
const OPENING_MS = 60_000;
const READ_ONLY = 1;

export interface OpenOptions extends ConnectionOptions, WaitOptions {
  /** What the daemon shall open: `qemu:///system`. */
  readonly uri: string;
  /** Default false. */
  readonly readOnly?: boolean | undefined;
}

/**
 * Authenticates and opens a hypervisor connection over a byte stream to the daemon. The stream is owned from now on,
 * also when this rejects: with a LibvirtError, a ConnectionClosedError that says what came instead of libvirt, an
 * UnsupportedAuthError, or as the options say (60 s unless they say otherwise).
 */
export async function openConnection(stream: Duplex, options: OpenOptions): Promise<LibvirtConnection> {
  const connection = new LibvirtConnection(stream, options);
  const { signal, timeoutMs = OPENING_MS } = options;
  try {
    await waitFor(open(connection, options), { signal, timeoutMs }, () =>
      t('libvirt on {0} did not open {1} within {2} s.', options.host, options.uri, timeoutMs / 1000),
    );
  } catch (error) {
    connection.dispose();
    throw error;
  }
  void registerCloseCallback(connection, options);
  return connection;
}

/**
 * One round trip where no authentication is needed: everything is asked at once. A daemon that wants authentication
 * refuses what came before it (also for root, who is let in by the mere question for the kinds of authentication);
 * that is asked again then.
 */
async function open(connection: LibvirtConnection, { uri, readOnly }: OpenOptions): Promise<void> {
  const flags = readOnly === true ? READ_ONLY : 0;
  const kinds = connection.call(authList, {});
  let authenticated: Promise<void> | undefined;
  const askTwice = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      if (!isLibvirtError(error, ErrorCode.rpc)) throw error;
      authenticated ??= kinds.then(({ types }) => authenticate(connection, types));
      await authenticated;
      return ask();
    }
  };
  const [keepalive] = await Promise.all([
    askTwice(() => connection.call(connectSupportsFeature, { feature: DriverFeature.programKeepalive })),
    askTwice(() => connection.call(connectOpen, { uri, flags })),
    kinds,
  ]);
  if (keepalive.supported) connection.startKeepalive();
}

async function authenticate(connection: LibvirtConnection, types: readonly number[]): Promise<void> {
  if (types.includes(AuthType.none)) return;
  if (types.includes(AuthType.polkit)) await connection.call(authPolkit, {});
  else
    throw new UnsupportedAuthError(t('libvirt on {0} wants SASL authentication.', connection.host), {
      advice: t('Set auth_unix_rw = "polkit" or "none" in libvirtd.conf on the host and restart libvirtd.'),
    });
}

/** So that the daemon tells when it loses its hypervisor. Local drivers never do, and may not know it. */
async function registerCloseCallback(
  connection: LibvirtConnection,
  { host, log }: OpenOptions,
): Promise<void> {
  try {
    await connection.call(connectRegisterCloseCallback, {});
  } catch (error) {
    log?.debug(`${host}: no close callback: ${messageOf(error)}`);
  }
}
