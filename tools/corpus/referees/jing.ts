import { tryCommand } from '../../lab/commands.ts';
import { batchesOf, groupByFile, type Complaint, type Complaints } from './complaint.ts';

export const jingPackage = 'jing';

/** What jing, the validator of RELAX NG's authors, says of documents. */
export async function askJing(schema: string, files: readonly string[]): Promise<Complaints> {
  const found: (readonly [string, Complaint])[] = [];
  for (const batch of batchesOf(files)) {
    // jing ends at markup that is broken: what comes after it is asked anew.
    for (let rest = batch; rest.length > 0;) {
      const { complaints, brokenFile } = await runJing(schema, rest);
      found.push(...complaints);
      rest = brokenFile === undefined ? [] : rest.slice(rest.indexOf(brokenFile) + 1);
    }
  }
  return groupByFile(found);
}

interface JingRun {
  readonly complaints: readonly (readonly [string, Complaint])[];
  readonly brokenFile?: string | undefined;
}

async function runJing(schema: string, files: readonly string[]): Promise<JingRun> {
  const { exitCode, stdout, stderr } = await tryCommand(['jing', schema, ...files]);
  if (exitCode > 1 || (exitCode === 1 && stdout === '')) {
    throw new Error(`jing ended with exit code ${exitCode}: ${stderr}`);
  }
  const asked = new Set(files);
  const complaints: (readonly [string, Complaint])[] = [];
  for (const line of stdout.split('\n').filter((text) => text !== '')) {
    const [, file = '', at = '', column = '', kind, message = ''] =
      /^(.+?):(\d+):(\d+): (error|fatal): (.*)$/.exec(line) ?? [];
    if (!asked.has(file)) throw new Error(`jing says something unexpected: ${line}`);
    complaints.push([file, { line: Number(at), column: Number(column), message }]);
    if (kind === 'fatal') return { complaints, brokenFile: file };
  }
  return { complaints };
}
