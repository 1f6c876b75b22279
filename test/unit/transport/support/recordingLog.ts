import type { Log } from '../../../../src/base/log.ts';

/** Keeps what was told to the log. */
export class RecordingLog implements Log {
  readonly lines: string[] = [];

  debug(line: string): void {
    this.lines.push(`debug ${line}`);
  }

  info(line: string): void {
    this.lines.push(`info ${line}`);
  }

  warn(line: string): void {
    this.lines.push(`warn ${line}`);
  }

  error(line: string): void {
    this.lines.push(`error ${line}`);
  }

  get text(): string {
    return this.lines.join('\n');
  }
}
