import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import type { Transport } from '../../transport/transport.ts';

/** A keyring that cannot be read. */
export class KeyringUnreadableProblem extends Problem {
  readonly code = 'keyring-unreadable';
}

const maxOutputBytes = 1024 * 1024;
const timeoutMs = 10_000;

/** The content of a keyring on a host. */
export async function keyringOnHost(
  transport: Transport,
  path: string,
  { signal }: WaitOptions = {},
): Promise<Buffer> {
  const options = { signal, timeoutMs, maxOutputBytes };
  const { exitCode, stdout, stderr } = await transport.exec(['cat', '--', path], options);
  if (exitCode === 0) return stdout;
  throw new KeyringUnreadableProblem(t('{0} on {1} cannot be read.', path, transport.label), {
    raw: stderr,
    advice: t('Connect as a user who may, or paste the key.'),
  });
}
