import { tryCommand } from '../../lab/commands.ts';
import { batchesOf, groupByFile, type Complaint, type Complaints } from './complaint.ts';

export const xmllintPackage = 'libxml2-utils';

/** What xmllint says of documents: it uses libxml2, as libvirt itself does. */
export async function askXmllint(schema: string, files: readonly string[]): Promise<Complaints> {
  const found: [string, Complaint][] = [];
  for (const batch of batchesOf(files)) {
    const { exitCode, stderr } = await tryCommand(['xmllint', '--noout', '--relaxng', schema, ...batch]);
    const asked = new Set(batch);
    for (const line of stderr.split('\n')) {
      const [, file = '', at = '0', message = ''] = /^(.+?):(\d+): (.*)$/.exec(line) ?? [];
      if (asked.has(file)) found.push([file, { line: Number(at), message }]);
    }
    // 1: not well-formed; 3 and 4: not valid.
    if (![0, 1, 3, 4].includes(exitCode))
      throw new Error(`xmllint ended with exit code ${exitCode}: ${stderr}`);
  }
  return groupByFile(found);
}
