import type { Readable } from 'node:stream';
import type { Problem } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { waitFor } from '../base/waiting.ts';
import type { ExecOptions, ExecResult, RunningProgram } from './transport.ts';

const defaultMaxOutputBytes = 64 * 1024 * 1024;

/** Names what is running in messages, and makes the error of the transport it runs on. */
export interface CollectContext {
  readonly label: string;
  readonly program: string;
  readonly problem: (code: 'too-much-output' | 'closed', message: string) => Problem;
}

/** Lets a program run to its end: feeds it the input, collects its output. Kills it when it is given up. */
export async function collectOutput(
  running: RunningProgram,
  options: ExecOptions,
  context: CollectContext,
): Promise<ExecResult> {
  const { label, program } = context;
  const maxBytes = options.maxOutputBytes ?? defaultMaxOutputBytes;
  const tooMuch = (): Problem =>
    context.problem('too-much-output', t('{0} on {1} wrote more than {2} bytes.', program, label, maxBytes));
  const closed = (): Problem =>
    context.problem('closed', t('The connection to {1} was closed while {0} ran.', program, label));
  try {
    const output = Promise.all([
      readAll(running.stream, maxBytes, tooMuch, closed),
      readAll(running.stderr, maxBytes, tooMuch, closed),
      running.exited,
    ]);
    running.stream.end(options.input);
    const [stdout, stderr, exit] = await waitFor(output, options, () =>
      t('{0} on {1} did not end within {2} s.', program, label, seconds(options.timeoutMs)),
    );
    return { ...exit, stdout, stderr: stderr.toString() };
  } catch (error) {
    running.kill();
    running.stream.destroy();
    throw error;
  }
}

export function seconds(milliseconds: number | undefined): number {
  return Math.round((milliseconds ?? 0) / 100) / 10;
}

function readAll(
  stream: Readable,
  maxBytes: number,
  tooMuch: () => Problem,
  closed: () => Problem,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) reject(tooMuch());
      else chunks.push(chunk);
    });
    stream.once('end', () => {
      resolve(Buffer.concat(chunks));
    });
    stream.once('error', reject);
    stream.once('close', () => {
      if (!stream.readableEnded) reject(closed());
    });
  });
}
