import { writeFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import type { Counts } from './counts.ts';

/** Mocha's own report in words, which also tells the counts at the end. */
function countingReporter(report: (counts: Counts) => void): Mocha.ReporterConstructor {
  return class extends Mocha.reporters.Spec {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
      super(runner, options);
      runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
        report({ passed: this.stats.passes, failed: this.stats.failures });
      });
    }
  };
}

export interface MochaRunOptions {
  readonly timeoutMs: number;
  /** Receives the counts as JSON when the run has ended, so that a process that crashed before leaves none. */
  readonly countsFile: string;
  readonly color: boolean;
  /** Takes the report, line by line. Default: the console. */
  readonly print?: ((line: string) => void) | undefined;
  /** Declares the tests: with mocha's describe() and it() as globals. */
  load(mocha: Mocha): Promise<void>;
}

/**
 * Runs tests with mocha and resolves with the number that failed. A test that is skipped, or marked to be the only one,
 * fails: each test runs or is absent.
 */
export async function runMocha(options: MochaRunOptions): Promise<number> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: options.timeoutMs,
    color: options.color,
    forbidOnly: true,
    forbidPending: true,
    reporter: countingReporter((counts) => {
      writeFileSync(options.countsFile, JSON.stringify(counts));
    }),
  });
  const { print } = options;
  if (print) {
    Mocha.reporters.Base.consoleLog = (...values: unknown[]) => {
      print(format(...values));
    };
  }
  await options.load(mocha);
  return new Promise((resolve) => {
    mocha.run(resolve);
  });
}
