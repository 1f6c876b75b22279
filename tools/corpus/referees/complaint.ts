/** What another engine says of a document. */
export interface Complaint {
  /** From 1; 0 when it names no line. */
  readonly line: number;
  /** From 1; undefined when it names none. */
  readonly column?: number | undefined;
  readonly message: string;
}

/** By the file's path; valid documents are not in it. */
export type Complaints = ReadonlyMap<string, readonly Complaint[]>;

/** Groups by file, in the order in which they come. */
export function groupByFile(found: Iterable<readonly [string, Complaint]>): Complaints {
  const byFile = new Map<string, Complaint[]>();
  for (const [file, complaint] of found) {
    const known = byFile.get(file);
    if (known) known.push(complaint);
    else byFile.set(file, [complaint]);
  }
  return byFile;
}

/** As many files as fit into one command line. */
export function batchesOf(files: readonly string[], size = 2500): string[][] {
  return Array.from({ length: Math.ceil(files.length / size) }, (_, at) =>
    files.slice(at * size, (at + 1) * size),
  );
}
