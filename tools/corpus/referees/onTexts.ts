import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Complaint, Complaints } from './complaint.ts';

export interface JudgedText {
  /** The schema's file name, as `domain.rng`. */
  readonly schema: string;
  readonly text: string;
}

/** Has a referee judge documents that are in no file; the answers are in the order of the documents. */
export async function askOnTexts(
  ask: (schema: string, files: readonly string[]) => Promise<Complaints>,
  schemaFolder: string,
  documents: readonly JudgedText[],
): Promise<(readonly Complaint[])[]> {
  const folder = await mkdtemp(join(tmpdir(), 'corpus-'));
  const fileOf = (at: number): string => join(folder, `${at}.xml`);
  try {
    const bySchema = new Map<string, number[]>();
    for (const [at, { schema, text }] of documents.entries()) {
      await writeFile(fileOf(at), text);
      const known = bySchema.get(schema);
      if (known) known.push(at);
      else bySchema.set(schema, [at]);
    }
    const answers = documents.map((): readonly Complaint[] => []);
    for (const [schema, places] of bySchema) {
      const complaints = await ask(join(schemaFolder, schema), places.map(fileOf));
      for (const at of places) answers[at] = complaints.get(fileOf(at)) ?? [];
    }
    return answers;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
