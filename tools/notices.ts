import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** The names and licence texts of all packages that are in these bundles. Throws when one has no licence. */
export async function thirdPartyNotices(metafiles: readonly Metafile[]): Promise<string> {
  const folders = new Set(
    metafiles
      .flatMap(({ inputs }) => Object.keys(inputs))
      .map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
      .filter((folder) => folder !== undefined),
  );
  const notices = await Promise.all([...folders].sort().map(notice));
  return `This extension contains the following software.\n\n${notices.join('\n')}`;
}

async function notice(folder: string): Promise<string> {
  const facts = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageFacts;
  const file = (await readdir(folder)).find((name) => /^(licen[cs]e|copying)(\.|$)/i.test(name));
  if (file === undefined && facts.license === undefined) {
    throw new Error(`The package ${facts.name} has no licence and cannot be shipped.`);
  }
  const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8');
  const title = `${facts.name} ${facts.version} (${facts.license ?? 'see below'})`;
  return `${title}\n${'-'.repeat(title.length)}\n${text.trim()}\n`;
}
