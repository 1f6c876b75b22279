import { buffer } from 'node:stream/consumers';
import { Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { waitFor, type WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { takeScreenshot } from '../../libvirt/domainStreams.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { readPixmap } from './pixmap.ts';
import { encodePng } from './png.ts';

/** A QEMU that hangs may begin to answer and stop. */
const timeoutMs = 30_000;

export class UnknownPictureError extends Problem {
  readonly code = 'unknown-picture';
}

/** What a screen of a domain shows, as PNG. @param screen from 0, where a domain has several */
export async function screenshot(
  connection: LibvirtConnection,
  domain: DomainRef,
  screen: number,
  { signal }: WaitOptions = {},
): Promise<Buffer> {
  const { mime, stream } = await takeScreenshot(connection, domain, screen, { signal, timeoutMs });
  try {
    const bytes = await waitFor(buffer(stream), { signal, timeoutMs }, () =>
      t('The picture of {0} did not come whole within {1} s.', domain.name, timeoutMs / 1000),
    );
    if (mime === 'image/png') return bytes;
    const pixmap = readPixmap(bytes);
    if (!pixmap)
      throw new UnknownPictureError(t('The picture of {0} is of the unknown kind {1}.', domain.name, mime));
    return await encodePng(pixmap);
  } finally {
    stream.destroy();
  }
}
