import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { messageOf } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { looksLikeLibvirtXml } from '../xml/roots.ts';
import { decodeXml } from './decodeXml.ts';

/** A document to check, or why it cannot be. */
export type Input =
  | { readonly file: string; readonly text: string }
  /** `problem` is a sentence. */
  | { readonly file: string; readonly problem: string };

export const stdinName = '<stdin>';
/** The largest definitions there are have a few megabytes. */
const maxBytes = 64 * 1024 * 1024;

/** Reads the files one after the other, as they are asked for. */
export async function* readInputs(stdin: boolean, paths: readonly string[]): AsyncGenerator<Input> {
  if (stdin) yield await readInput(stdinName, process.stdin);
  for (const path of paths) yield* readPath(path);
}

async function* readPath(path: string): AsyncGenerator<Input> {
  let files: readonly string[];
  try {
    if (!(await stat(path)).isDirectory()) {
      yield await readInput(path, createReadStream(path));
      return;
    }
    files = await xmlFilesIn(path);
  } catch (error) {
    yield { file: path, problem: reasonOf(error) };
    return;
  }
  for (const file of files) {
    const input = await readInput(file, createReadStream(file));
    // A folder may hold other XML as well; of what cannot be read nobody knows what it is.
    if ('problem' in input || looksLikeLibvirtXml(input.text)) yield input;
  }
}

async function xmlFilesIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.xml'));
  const files: string[] = [];
  for (const name of names.sort()) {
    const file = join(folder, name);
    if ((await stat(file)).isFile()) files.push(file);
  }
  return files;
}

async function readInput(file: string, stream: Readable): Promise<Input> {
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes)
        return { file, problem: t('The file is larger than {0} MiB.', maxBytes / 1024 / 1024) };
      chunks.push(chunk);
    }
    const text = decodeXml(Buffer.concat(chunks));
    if (text !== undefined) return { file, text };
    return { file, problem: t('The text is not in the encoding that it claims, or not in UTF-8.') };
  } catch (error) {
    return { file, problem: reasonOf(error) };
  } finally {
    stream.destroy();
  }
}

function reasonOf(error: unknown): string {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return isMissing ? t('There is no such file.') : messageOf(error);
}
