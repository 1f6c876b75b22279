import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { messageOf, Problem } from '../../../base/errors.ts';
import { t } from '../../../base/l10n.ts';
import { StreamHole } from '../../../libvirt/streams.ts';
import { withHoles, type Piece } from './pieces.ts';

/** A file on this machine cannot be read or written. `code` is Node's: `ENOENT`, `EACCES`, `ENOSPC` ... */
export class LocalFileError extends Problem {
  readonly code: string;

  constructor(message: string, cause: unknown) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    super(message, {
      cause,
      raw: messageOf(cause),
      advice: code === 'ENOSPC' ? t('Free some space on this machine, or choose another folder.') : undefined,
    });
    this.code = code;
  }
}

const blockSize = 1024 * 1024;

/** The content of a file of this machine, its blocks of zeros as holes. @returns bytes that were there */
export async function* readLocalFile(path: string): AsyncGenerator<Piece> {
  const file = await attempt(t('{0} cannot be read: {1}'), path, () => open(path, 'r'));
  try {
    for (;;) {
      const block = Buffer.allocUnsafe(blockSize);
      const { bytesRead } = await attempt(t('{0} cannot be read: {1}'), path, () =>
        file.read(block, 0, blockSize),
      );
      if (bytesRead === 0) return;
      yield* withHoles(block.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** The first bytes of a file, as many as there are. */
export async function readHead(path: string, length: number): Promise<{ head: Buffer; size: number }> {
  return attempt(t('{0} cannot be read: {1}'), path, async () => {
    const file = await open(path, 'r');
    try {
      const head = Buffer.alloc(length);
      const { bytesRead } = await file.read(head, 0, length, 0);
      return { head: head.subarray(0, bytesRead), size: (await file.stat()).size };
    } finally {
      await file.close();
    }
  });
}

/** A file that is being written: nobody sees it under its name before it is whole. */
export class NewLocalFile {
  readonly path: string;
  readonly #part: string;
  readonly #file: FileHandle;

  private constructor(path: string, part: string, file: FileHandle) {
    this.path = path;
    this.#part = part;
    this.#file = file;
  }

  static async create(path: string): Promise<NewLocalFile> {
    const part = `${path}.part`;
    const file = await attempt(t('{0} cannot be written: {1}'), path, () => open(part, 'w', 0o600));
    return new NewLocalFile(path, part, file);
  }

  /** Leaves holes where there are zeros. */
  async write(offset: number, data: Buffer): Promise<void> {
    let at = offset;
    for (const piece of withHoles(data)) {
      if (piece instanceof StreamHole) {
        at += piece.size;
        continue;
      }
      for (let written = 0; written < piece.length;) {
        const from = at + written;
        const rest = piece.subarray(written);
        const { bytesWritten } = await attempt(t('{0} cannot be written: {1}'), this.path, () =>
          this.#file.write(rest, 0, rest.length, from),
        );
        written += bytesWritten;
      }
      at += piece.length;
    }
  }

  /** Takes the place of a file of this name. */
  async finish(size: number): Promise<void> {
    await attempt(t('{0} cannot be written: {1}'), this.path, async () => {
      await this.#file.truncate(size);
      await this.#file.close();
      await rename(this.#part, this.path);
    });
  }

  /** Nothing of it stays. */
  async discard(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#part, { force: true });
  }
}

/** @param sentence with the places {0} of the path and {1} of what the system says */
async function attempt<T>(sentence: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new LocalFileError(
      sentence.replace('{0}', () => path).replace('{1}', () => messageOf(error)),
      error,
    );
  }
}
