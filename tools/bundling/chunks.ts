import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

export const source = resolve(import.meta.dirname, '../../src');

/** What is loaded when the extension is activated: all that no other chunk holds. */
export const shell = 'extension';

/**
 * Which file of dist/ holds which part of src; the first match counts. A chunk is loaded when something in it is first
 * imported: with `import()` by the shell, so that nothing is loaded at activation that is not needed then.
 */
const homes: readonly (readonly [path: string, chunk: string])[] = [
  ['base/ipAddresses.ts', 'xml'],
  ['base/', 'base'],
  ['hosts/hostErrors.ts', 'base'],
  ['libvirt/model/capabilityPlaces.ts', 'base'],
  ['rules/sameKind.ts', 'base'],
  ['hosts/backoff.ts', shell],
  ['hosts/hostAddress.ts', shell],
  ['hosts/hostRegistry.ts', shell],
  ['hosts/hostSession.ts', shell],
  ['transport/ssh/', 'ssh'],
  ['transport/', 'libvirt'],
  ['libvirt/', 'libvirt'],
  ['ceph/', 'operations'],
  ['operations/', 'operations'],
  ['hosts/clusters/', 'operations'],
  ['hosts/knowledge/documentNeeds.ts', 'language'],
  ['hosts/knowledge/otherHosts.ts', 'language'],
  ['hosts/schemas/', 'xml'],
  ['hosts/', 'libvirt'],
  ['xml/documentation/', 'documentation'],
  ['xml/', 'xml'],
  ['rules/', 'xml'],
  ['doctor/subject.ts', 'base'],
  ['doctor/', 'doctor'],
  ['ui/explorer/objects/', 'rows'],
  ['ui/explorer/clusters/', 'clusters'],
  ['ui/commands/', 'commands'],
  ['ui/consoles/', 'commands'],
  ['ui/newDomain/', 'commands'],
  ['ui/doctor/applyRemedy.ts', 'commands'],
  ['ui/doctor/runCheckUp.ts', 'commands'],
  ['ui/doctor/failurePages.ts', 'commands'],
  ['ui/doctor/subjects.ts', 'commands'],
  ['ui/prompts/ask', 'commands'],
  ['ui/prompts/wizard.ts', 'commands'],
  ['ui/documents/save', 'saving'],
  ['ui/language/languageSupport.ts', shell],
  ['ui/language/libvirtDocuments.ts', shell],
  ['ui/language/ranges.ts', shell],
  ['ui/language/', 'language'],
];

/** The chunk that holds a file, given by its path in src. */
export function chunkOf(path: string): string {
  return homes.find(([home]) => path.startsWith(home))?.[1] ?? shell;
}

/** A chunk as the others see it. */
export interface Chunk {
  readonly name: string;
  /** The files, as paths in src, that files of other chunks import. */
  readonly sharedFiles: readonly string[];
  /** The values that these export. */
  readonly names: readonly string[];
}

/**
 * All chunks, with what they share with each other and with these programs, files outside src that import from it.
 * Throws when a chunk would share two values of one name, and when chunks need each other to be loaded.
 */
export async function readChunks(programs: readonly string[]): Promise<readonly Chunk[]> {
  const files = await readSources(programs);
  const shared = new Set(
    [...files].flatMap(([path, text]) =>
      importsIn(path, text)
        .map((imported) => imported.path)
        .filter((imported) => chunkOf(imported) !== chunkOf(path)),
    ),
  );
  refuseCircles(files);
  const names = new Set(homes.map(([, name]) => name));
  return [...names].map((name) => {
    const sharedFiles = [...shared].filter((path) => chunkOf(path) === name).sort();
    const exported = sharedFiles.flatMap((path) => exportedValues(files.get(path) ?? ''));
    const twice = exported.find((value, index) => exported.indexOf(value) !== index);
    if (twice !== undefined) throw new Error(`Two files that ${name}.cjs shares export ${twice}.`);
    return { name, sharedFiles, names: exported };
  });
}

/** The TypeScript files of src, and these others, by their path from there, with `/`. */
async function readSources(others: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(source, { recursive: true });
  const paths = [
    ...entries.filter((path) => path.endsWith('.ts')),
    ...others.map((path) => relative(source, path)),
  ];
  return new Map(
    await Promise.all(
      paths.map(async (path) => [slashed(path), await readFile(join(source, path), 'utf8')] as const),
    ),
  );
}

/** A path on this machine as a path in src; undefined for what is not in src. */
export function pathInSource(path: string): string | undefined {
  const inSource = relative(source, path);
  return inSource.startsWith('..') ? undefined : slashed(inSource);
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}

const imports = /^(?:import|export) (?!type\b)[^;]*?from '(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm;
const exports = /^export (?:async |abstract )*(?:class|const|function\*?) (\w+)/gm;

interface Import {
  readonly path: string;
  /** Loaded together with the file that imports it. */
  readonly isStatic: boolean;
}

function importsIn(path: string, text: string): Import[] {
  return [...text.matchAll(imports)].map(([, statement, call]) => ({
    path: slashed(relative(source, resolve(source, dirname(path), statement ?? call ?? ''))),
    isStatic: statement !== undefined,
  }));
}

/** Of two chunks that are loaded together, the one that comes second would find the other half loaded. */
function refuseCircles(files: ReadonlyMap<string, string>): void {
  const needs = new Map<string, Set<string>>();
  for (const [path, text] of files) {
    const own = needs.get(chunkOf(path)) ?? new Set();
    needs.set(chunkOf(path), own);
    for (const imported of importsIn(path, text)) if (imported.isStatic) own.add(chunkOf(imported.path));
  }
  const visit = (chunk: string, way: readonly string[]): void => {
    if (way.includes(chunk)) throw new Error(`Chunks need each other: ${[...way, chunk].join(' > ')}.`);
    for (const next of needs.get(chunk) ?? []) if (next !== chunk) visit(next, [...way, chunk]);
  };
  for (const chunk of needs.keys()) visit(chunk, []);
}

function exportedValues(text: string): string[] {
  return [...text.matchAll(exports)].map(([, name = '']) => name);
}
