import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../../tools/bundling/bundle.ts';
import { tryCommand, type CommandResult } from '../../../tools/lab/commands.ts';

/** libvirt-xml-lint as it is shipped, in a folder of its own, with a folder to work in. */
export class LintProgram {
  readonly #folder: string;
  /** Where it runs. */
  readonly work: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.work = join(folder, 'work');
  }

  /** @param schemas what lies beside the program; undefined for none */
  static async build(schemas: ReadonlyMap<string, string> | undefined): Promise<LintProgram> {
    const folder = await mkdtemp(join(tmpdir(), 'lint-'));
    const dist = join(folder, 'dist');
    const programs = { 'libvirt-xml-lint': 'src/cli/main.ts' };
    await bundle({ outdir: dist, production: true, programs });
    await mkdir(join(folder, 'work'));
    if (schemas !== undefined) await mkdir(join(dist, 'schemas'));
    for (const [name, text] of schemas ?? []) await writeFile(join(dist, 'schemas', name), text);
    return new LintProgram(folder);
  }

  async run(
    args: readonly string[],
    options: { input?: string; locale?: string } = {},
  ): Promise<CommandResult> {
    const { input, locale = 'C' } = options;
    return tryCommand([process.execPath, this.script, ...args], {
      input,
      cwd: this.work,
      env: { ...process.env, LC_ALL: locale },
    });
  }

  get script(): string {
    return join(this.#folder, 'dist/libvirt-xml-lint.cjs');
  }

  /** Puts translations where the extension has them. */
  async translate(language: string, texts: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(join(this.#folder, 'l10n'), { recursive: true });
    await writeFile(join(this.#folder, 'l10n', `bundle.l10n.${language}.json`), JSON.stringify(texts));
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    await mkdir(join(this.work, name, '..'), { recursive: true });
    await writeFile(join(this.work, name), content);
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
