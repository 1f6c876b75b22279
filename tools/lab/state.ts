import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from './files.ts';

export interface HostRecord {
  readonly name: string;
  readonly sshPort: number;
  readonly address: string;
}

/** What a lab leaves in its folder, for whoever finds it later. */
export interface LabState {
  /** Whether its start was finished. */
  readonly ready: boolean;
  readonly firstSshPort: number | undefined;
  /** How many hosts there have been: the number of the next one. */
  readonly hostNumber: number;
  readonly hosts: readonly HostRecord[];
}

const fileName = 'lab.json';

/** undefined when no lab was made in this folder, or its start had only begun. */
export async function readState(folder: string): Promise<LabState | undefined> {
  if (!(await isLabFolder(folder))) return undefined;
  const content = await readFile(join(folder, fileName), 'utf8');
  return content === '' ? undefined : (JSON.parse(content) as LabState);
}

export async function writeState(folder: string, state: LabState): Promise<void> {
  await writeFile(join(folder, fileName), JSON.stringify(state, undefined, 2));
}

export async function isLabFolder(folder: string): Promise<boolean> {
  return exists(join(folder, fileName));
}

/** Marks a folder as a lab's. Refuses one that holds something else. */
export async function claimFolder(folder: string): Promise<void> {
  if (!(await isLabFolder(folder)) && (await readdir(folder)).length > 0) {
    throw new Error(`${folder} is not empty and holds no lab.`);
  }
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  await writeFile(join(folder, fileName), '');
}
