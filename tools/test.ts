/**
 * Runs all tests: `npm test`, or some of them: `npm test -- unit lab`. The last line says how many passed and failed;
 * the exit code is 0 only when none failed.
 */
import { messageOf } from '../src/base/errors.ts';
import { exitOnSignals } from './signals.ts';
import { requireTests, resultTable, sumCounts, summaryLine } from './suites/counts.ts';
import type { Counts, SuiteResult } from './suites/counts.ts';
import { suites, type Suite } from './suites/suites.ts';

const say = (line: string): void => {
  console.log(line);
};

async function runInTurn(some: readonly Suite[]): Promise<readonly SuiteResult[]> {
  const results: SuiteResult[] = [];
  for (const suite of some) results.push(await run(suite));
  return results;
}

async function run(suite: Suite): Promise<SuiteResult> {
  if (suite.isQuiet !== true) say(`\n== ${suite.title} ==`);
  const start = Date.now();
  const counts = requireTests(await countsOf(suite));
  const seconds = (Date.now() - start) / 1000;
  say(`${suite.title}: ${summaryLine(counts)}`);
  return { title: suite.title, counts, seconds };
}

async function countsOf(suite: Suite): Promise<Counts> {
  try {
    const counts = await suite.run(say);
    if (counts.passed + counts.failed === 0) say('Not one test was found.');
    return counts;
  } catch (error) {
    say(messageOf(error));
    return { passed: 0, failed: 1 };
  }
}

exitOnSignals();
const names = process.argv.slice(2);
const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  say(`There is no suite ${unknown.join(', ')}. There are: ${suites.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const chosen = suites.filter(({ name }) => names.length === 0 || names.includes(name));
const results = (
  await Promise.all([
    runInTurn(chosen.filter(({ isQuiet }) => isQuiet === true)),
    runInTurn(chosen.filter(({ isQuiet }) => isQuiet !== true)),
  ])
).flat();
const total = sumCounts(results.map(({ counts }) => counts));
say(`\n${resultTable(results)}\n`);
say(summaryLine(total));
process.exitCode = total.failed === 0 ? 0 : 1;
