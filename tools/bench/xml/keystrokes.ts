import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Complaints } from '../../corpus/referees/complaint.ts';
import { askJing } from '../../corpus/referees/jing.ts';
import { askXmllint } from '../../corpus/referees/xmllint.ts';
import { median, type Comparison, type Figure, type Findings, type Sample, type Target } from '../results.ts';
import { libxml2Checker } from './libxml2.ts';
import { madeDomain, typeDisk, typeInValues, type Typed } from './madeDomain.ts';
import type { Programs } from './programs.ts';

interface Size {
  readonly lines: number;
  /** What a keystroke may take, in milliseconds. */
  readonly limitMs: number;
}

const sizes: readonly Size[] = [
  { lines: 107, limitMs: 0.2 },
  { lines: 3000, limitMs: 4 },
];
const completionLimitMs = 1;
const edits = 400;
const processRuns = 5;

/** What a keystroke costs while somebody types: the whole document is judged again, reading it included. */
export async function measureKeystrokes(programs: Programs, schemaFolder: string): Promise<Findings> {
  const schema = programs.engine.openSchema(schemaFolder, 'domain.rng');
  const check = programs.engine.checker(schema);
  const complete = programs.engine.completer(schema);
  const libxml2 = libxml2Checker(schemaFolder, 'domain.rng');
  const comparisons: Comparison[] = [];
  const figures: Figure[] = [];
  const targets: Target[] = [];
  for (const { lines, limitMs } of sizes) {
    const domain = madeDomain(lines);
    const inValues = (count = edits): Iterable<Typed> => typeInValues(domain, count);
    const disk = (): Iterable<Typed> => typeDisk(domain);
    // The first round is that of an engine that has just been started: see coldStart.ts.
    for (const { text } of disk()) check(text);
    const ours = timesOf(inValues(), ({ text }) => check(text));
    const typing = timesOf(disk(), ({ text }) => check(text));
    comparisons.push({
      title: `A keystroke in a value of a domain of ${lines} lines, which is judged again`,
      of: 'ways',
      ways: [
        { name: 'extension', samples: ours },
        {
          name: 'libxml2-wasm, the verdict alone',
          samples: timesOf(inValues(), ({ text }) => libxml2(text)),
        },
        ...(await processWays(schemaFolder, inValues(processRuns))),
      ],
    });
    const offers = timesOf(disk(), complete);
    figures.push(
      { name: `a keystroke while a disk is typed, ${lines} lines`, values: inMs(typing), unit: 'ms' },
      { name: `completion while a disk is typed, ${lines} lines`, values: inMs(offers), unit: 'ms' },
    );
    const target = (name: string, samples: readonly Sample[], limit: number): Target => ({
      name: `${name}, ${lines} lines, median`,
      limit,
      below: true,
      unit: 'ms',
      value: median(inMs(samples)),
    });
    targets.push(
      target('keystroke in a value', ours, limitMs),
      target('keystroke of a new disk', typing, limitMs),
    );
    if (lines < 1000) targets.push(target('completion', offers, completionLimitMs));
  }
  return { comparisons, figures, targets };
}

/** A process for each version of the document, as an editor without an engine of its own would start it. */
async function processWays(schemaFolder: string, typed: Iterable<Typed>): Promise<Comparison['ways']> {
  const versions = [...typed];
  const folder = await mkdtemp(join(tmpdir(), 'bench-xml-'));
  try {
    const file = join(folder, 'domain.xml');
    const run = async (ask: (schema: string, files: string[]) => Promise<Complaints>): Promise<Sample[]> => {
      const samples: Sample[] = [];
      for (const { text } of versions) {
        await writeFile(file, text);
        const startedAt = performance.now();
        await ask(join(schemaFolder, 'domain.rng'), [file]);
        samples.push({ seconds: (performance.now() - startedAt) / 1000 });
      }
      return samples;
    };
    return [
      { name: 'xmllint, a process', samples: await run(askXmllint) },
      { name: 'jing, a process', samples: await run(askJing) },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function timesOf(typed: Iterable<Typed>, act: (typed: Typed) => unknown): Sample[] {
  return Array.from(typed, (one) => {
    const startedAt = performance.now();
    act(one);
    return { seconds: (performance.now() - startedAt) / 1000 };
  });
}

function inMs(samples: readonly Sample[]): number[] {
  return samples.map(({ seconds }) => seconds * 1000);
}
