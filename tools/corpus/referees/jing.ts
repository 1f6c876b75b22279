import { tryCommand } from '../../lab/commands.ts';
import { batchesOf, groupByFile, type Complaint, type Complaints } from './complaint.ts';

export const jingPackage = 'jing';

/** What jing, the validator of RELAX NG's authors, says of documents. */
export async function askJing(schema: string, files: readonly string[]): Promise<Complaints> {
  const found: [string, Complaint][] = [];
  for (const batch of batchesOf(files)) {
    const { exitCode, stdout, stderr } = await tryCommand(['jing', schema, ...batch]);
    const asked = new Set(batch);
    for (const line of stdout.split('\n').filter((text) => text !== '')) {
      const [, file = '', at = '0', column, message = ''] =
        /^(.+?):(?:(\d+):(\d+):)? (?:error|fatal|warning): (.*)$/s.exec(line) ?? [];
      if (!asked.has(file)) throw new Error(`jing says something unexpected: ${line}`);
      found.push([file, { line: Number(at), column: Number(column), message }]);
    }
    if (exitCode > 1 || (exitCode === 1 && stdout === '')) {
      throw new Error(`jing ended with exit code ${exitCode}: ${stderr}`);
    }
  }
  return groupByFile(found);
}
