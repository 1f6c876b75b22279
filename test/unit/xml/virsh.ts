import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * virsh with libvirt's drivers inside its own process: no daemon is needed, nothing outside a temporary folder is
 * written. The test driver defines domains, pools and networks, the secret driver secrets.
 */
const commands = {
  domain: ['test:///default', 'define'],
  pool: ['test:///default', 'pool-define'],
  network: ['test:///default', 'net-define'],
  domainsnapshot: ['test:///default', 'snapshot-create', 'test'],
  secret: ['secret:///embed?root=', 'secret-define'],
} as const;

export type Definable = keyof typeof commands;

export function isDefinable(kind: string): kind is Definable {
  return kind in commands;
}

export const hasVirsh = spawnSync('virsh', ['-c', 'test:///default', 'version']).status === 0;

/** What libvirt says to the document: '' when it is accepted. */
export function define(kind: Definable, xml: string, options: { readonly validate: boolean }): string {
  const folder = mkdtempSync(join(tmpdir(), 'virsh-'));
  try {
    const file = join(folder, 'document.xml');
    writeFileSync(file, xml);
    const [uri, ...command] = commands[kind];
    const root = uri.endsWith('=') ? uri + folder : uri;
    const result = spawnSync(
      'virsh',
      ['-c', root, ...command, file, ...(options.validate ? ['--validate'] : [])],
      { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
    );
    if (result.status === 0) return '';
    return result.stderr
      .replace(/^error: Failed to [^\n]*\n/, '')
      .replace(/^error: /, '')
      .trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
