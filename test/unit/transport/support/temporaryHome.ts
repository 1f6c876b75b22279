import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A home folder of its own for one test, with an empty ~/.ssh. */
export class TemporaryHome {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(): Promise<TemporaryHome> {
    const home = new TemporaryHome(await mkdtemp(join(tmpdir(), 'transport-')));
    await mkdir(home.in('.ssh'), { mode: 0o700 });
    return home;
  }

  in(...parts: readonly string[]): string {
    return join(this.path, ...parts);
  }

  /** Writes a file below ~/.ssh and gives its path. */
  async write(name: string, content: string | Buffer): Promise<string> {
    const path = this.in('.ssh', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    await chmod(path, 0o600);
    return path;
  }

  read(name: string): Promise<string> {
    return readFile(this.in('.ssh', name), 'utf8');
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
