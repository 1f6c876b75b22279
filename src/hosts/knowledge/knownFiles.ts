import type { WaitOptions } from '../../base/waiting.ts';
import { keep } from './keep.ts';
import type { KnowledgeSource } from './knowledgeSource.ts';
import { isAskable, maxPaths } from './missingFiles.ts';

type Source = Pick<KnowledgeSource, 'reads' | 'changed'>;
type FindMissing = (paths: readonly string[], options: WaitOptions) => Promise<readonly string[]>;

const minute = 60_000;
/** A path that is being typed is many paths. */
const maxKnown = 200;

/** Which of the files that documents name are not on the host: asked when one is wanted, and again when the answer is older than `staleMs`. */
export class KnownFiles {
  readonly #source: Source;
  readonly #findMissing: FindMissing;
  readonly #staleMs: number;
  /** When each path was last asked about, the oldest question first; Infinity when it is not asked about again. */
  readonly #askedAt = new Map<string, number>();
  /** What the next command asks about. */
  readonly #waiting = new Set<string>();
  #missing: ReadonlySet<string> = new Set();
  /** Answers to what was asked in an earlier one do not count. */
  #era = 0;

  constructor(source: Source, findMissing: FindMissing, staleMs = minute) {
    this.#source = source;
    this.#findMissing = findMissing;
    this.#staleMs = staleMs;
  }

  /** Only what the host said is not there. The same until it is another. */
  get missing(): ReadonlySet<string> {
    return this.#missing;
  }

  /** Of more paths than one command takes, the last ones are asked about. */
  want(paths: readonly string[]): void {
    const isUnderWay = this.#waiting.size > 0;
    for (const path of paths) if (isAskable(path) && this.#isDue(path)) this.#waiting.add(path);
    for (const path of [...this.#waiting].slice(0, -maxPaths)) this.#waiting.delete(path);
    if (isUnderWay || this.#waiting.size === 0) return;
    const work = (options: WaitOptions): Promise<void> => this.#ask(options);
    this.#source.reads.read({ lane: 'storage', urgent: true, work }).catch(() => {
      // The connection has ended.
    });
  }

  /** A domain has started: libvirt may have made files. */
  forget(): void {
    this.#era += 1;
    for (const [path, at] of this.#askedAt) if (at !== Infinity) this.#askedAt.delete(path);
    this.#missing = keep(this.#missing, new Set());
    this.#source.changed();
  }

  #isDue(path: string): boolean {
    const askedAt = this.#askedAt.get(path);
    return askedAt === undefined || performance.now() - askedAt >= this.#staleMs;
  }

  async #ask(options: WaitOptions): Promise<void> {
    const era = this.#era;
    const paths = [...this.#waiting];
    this.#waiting.clear();
    this.#remember(paths, performance.now());
    try {
      const missing = await this.#findMissing(paths, options);
      if (era === this.#era) this.#learn(paths, missing);
    } catch {
      // It may hang on one of them, and leave a program behind each time.
      this.#remember(paths, Infinity);
      this.#learn(paths, []);
    }
  }

  #remember(paths: readonly string[], at: number): void {
    for (const path of paths) {
      this.#askedAt.delete(path);
      this.#askedAt.set(path, at);
    }
    for (const path of [...this.#askedAt.keys()].slice(0, -maxKnown)) this.#askedAt.delete(path);
  }

  #learn(asked: readonly string[], missing: readonly string[]): void {
    const others = [...this.#missing].filter((path) => !asked.includes(path) && this.#askedAt.has(path));
    this.#missing = keep(this.#missing, new Set([...others, ...missing]));
    this.#source.changed();
  }
}
