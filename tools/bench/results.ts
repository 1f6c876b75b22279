/** One measured run. */
export interface Sample {
  readonly seconds: number;
  /** See Line.traffic(). */
  readonly roundTrips?: number | undefined;
  /** Answers of libvirt. */
  readonly calls?: number | undefined;
  /** In both directions. */
  readonly bytes?: number | undefined;
}

/** One way to something, and its runs. */
export interface Way {
  readonly name: string;
  readonly samples: readonly Sample[];
  /** What is said instead of numbers, when there are no runs. */
  readonly instead?: string | undefined;
}

/** Ways to the same thing, measured in turns: the others are compared with the first. Or the stages of one way. */
export interface Comparison {
  readonly title: string;
  readonly of: 'ways' | 'stages';
  readonly ways: readonly Way[];
}

/** A number on its own. */
export interface Figure {
  readonly name: string;
  readonly values: readonly number[];
  readonly unit: 'ms' | 'KB' | 'MB' | '%';
}

/** What we want to reach. */
export interface Target {
  readonly name: string;
  /** The measured value is at most this, or with `below` less than it. */
  readonly limit: number;
  readonly below?: boolean | undefined;
  readonly unit: string;
  readonly value: number;
}

/** What a part of the benchmark has found. */
export interface Findings {
  readonly comparisons: readonly Comparison[];
  readonly figures: readonly Figure[];
  readonly targets: readonly Target[];
}

export function isReached({ limit, value, below = false }: Target): boolean {
  return below ? value < limit : value <= limit;
}

/** Collects the runs of several ways, in the order in which the ways first come. */
export class Samples {
  readonly #byName = new Map<string, Sample[]>();

  add(name: string, sample: Sample): void {
    const known = this.#byName.get(name);
    if (known) known.push(sample);
    else this.#byName.set(name, [sample]);
  }

  get ways(): readonly Way[] {
    return [...this.#byName].map(([name, samples]) => ({ name, samples }));
  }
}

/** The middle one, or the mean of the two in the middle. Throws when there is none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('There is no median of nothing.');
  return (low + high) / 2;
}

/** The median of what the runs say of one thing, undefined when they say nothing. */
export function medianOf(samples: readonly Sample[], key: keyof Sample): number | undefined {
  const values = samples.flatMap((sample) => sample[key] ?? []);
  return values.length === 0 ? undefined : median(values);
}
