import { CodedProblem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { WaitOptions } from '../../base/waiting.ts';
import { quoteArgv } from '../../transport/quote.ts';
import type { Command } from '../../transport/transport.ts';
import {
  hostFile,
  readHostFile,
  removeHostFile,
  writeHostFile,
  type HostFile,
} from '../hostFiles/rootFile.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import type { PlanHost } from '../plan/planHost.ts';
import { standardInput } from '../plan/shell.ts';
import {
  starterScript,
  starterScriptPath,
  starterUnit,
  starterUnitPath,
  starterUnitText,
} from './starterFiles.ts';
import { readStarterState } from './starterState.ts';

/** The unit that starts pools is not as it should be. */
export class PoolStarterProblem extends CodedProblem<'systemctl-failed' | 'not-enabled' | 'still-there'> {}

const timeoutMs = 30_000;

interface StarterFile {
  readonly file: HostFile;
  readonly text: string;
  readonly mode: '755' | '644';
}

interface Starter {
  readonly host: PlanHost;
  readonly unit: StarterFile;
  readonly script: StarterFile;
}

/** Installs a unit that starts the storage pools of the host when their servers answer, after every start of libvirt. */
export async function installStarterPlan(host: PlanHost, options: WaitOptions): Promise<Plan> {
  const starter = await starterOf(host, options);
  const { script, unit } = starter;
  return {
    title: t('Have {0} start its storage pools when their servers answer', host.name),
    remarks: [
      t(
        'A unit of systemd runs a script after every start of libvirt’s daemon: for each pool that is to start with the host and is not active, it waits until a server answers, for an hour at most.',
      ),
      t(
        'A pool that somebody stops later stays stopped, until libvirt’s daemon is restarted or the host boots.',
      ),
      t('The check-up finds the unit and offers to remove it.'),
    ],
    steps: [
      writeStep(starter, script),
      writeStep(starter, unit),
      enableStep(starter),
      runStep(starter),
      checkEnabledStep(starter),
    ],
  };
}

/** Takes all of it away. Pools that are active stay so. */
export async function removeStarterPlan(host: PlanHost, options: WaitOptions): Promise<Plan> {
  const starter = await starterOf(host, options);
  const { script, unit } = starter;
  return {
    title: t('Remove the unit that starts storage pools from {0}', host.name),
    remarks: [t('Storage pools that are active stay so.')],
    steps: [
      disableStep(starter),
      removeStep(starter, unit),
      removeStep(starter, script),
      checkGoneStep(starter),
    ],
  };
}

async function starterOf(host: PlanHost, options: WaitOptions): Promise<Starter> {
  const [unit, script] = await Promise.all(
    [starterUnitPath, starterScriptPath].map((path) => hostFile(host, path, options)),
  );
  if (!unit || !script) throw new TypeError('There are two files.');
  return {
    host,
    unit: { file: unit, text: starterUnitText, mode: '644' },
    script: { file: script, text: starterScript, mode: '755' },
  };
}

function writeStep(starter: Starter, { file, text, mode }: StarterFile): PlanStep {
  let before: string | undefined;
  return {
    title: t('Write {0}', file.path),
    host: starter.host.shell,
    commands: [
      {
        argv: typed(file, ['install', '-D', '-m', mode, standardInput, file.path]),
        input: { kind: 'text', text },
      },
    ],
    isDone: async (options) => {
      before = await contentOf(file, options);
      return before === text;
    },
    run: (options) => writeHostFile(file, text, { ...options, mode }),
    undo: {
      title: t('Remove {0}', file.path),
      commands: [{ argv: typed(file, ['rm', '-f', file.path]) }],
      run: async (options) => {
        if (before === undefined) await removeHostFile(file, options);
        else await writeHostFile(file, before, { ...options, mode });
        await systemctl(starter, ['daemon-reload'], options);
      },
    },
  };
}

function removeStep(starter: Starter, { file, mode }: StarterFile): PlanStep {
  let before: string | undefined;
  return {
    title: t('Remove {0}', file.path),
    host: starter.host.shell,
    commands: [
      { argv: typed(file, ['rm', '-f', file.path]) },
      { argv: typed(file, ['systemctl', 'daemon-reload']) },
    ],
    isDone: async (options) => {
      before = await contentOf(file, options);
      return before === undefined;
    },
    run: async (options) => {
      await removeHostFile(file, options);
      await systemctl(starter, ['daemon-reload'], options);
    },
    undo: {
      title: t('Write {0}', file.path),
      commands: [],
      run: async (options) => {
        if (before !== undefined) await writeHostFile(file, before, { ...options, mode });
        await systemctl(starter, ['daemon-reload'], options);
      },
    },
  };
}

async function contentOf(file: HostFile, options: WaitOptions): Promise<string | undefined> {
  const found = await readHostFile(file, options);
  return found.kind === 'file' ? found.content.toString() : undefined;
}

function enableStep(starter: Starter): PlanStep {
  const { host, unit } = starter;
  const words = [['daemon-reload'], ['enable', starterUnit]];
  return {
    title: t('Enable {0}', starterUnit),
    host: host.shell,
    commands: words.map((each) => ({ argv: typed(unit.file, ['systemctl', ...each]) })),
    isDone: async (options) => (await readStarterState(host.transport, options)).isWhole,
    run: async (options) => {
      for (const each of words) await systemctl(starter, each, options);
    },
    undo: {
      title: t('Disable {0}', starterUnit),
      commands: [{ argv: typed(unit.file, ['systemctl', 'disable', '--now', starterUnit]) }],
      run: (options) => systemctl(starter, ['disable', '--now', starterUnit], options),
    },
  };
}

function disableStep(starter: Starter): PlanStep {
  const { host, unit } = starter;
  return {
    title: t('Disable {0}', starterUnit),
    host: host.shell,
    commands: [{ argv: typed(unit.file, ['systemctl', 'disable', '--now', starterUnit]) }],
    isDone: async (options) => !(await readStarterState(host.transport, options)).isThere,
    run: (options) => systemctl(starter, ['disable', '--now', starterUnit], options),
    undo: {
      title: t('Enable {0}', starterUnit),
      commands: [{ argv: typed(unit.file, ['systemctl', 'enable', starterUnit]) }],
      run: (options) => systemctl(starter, ['enable', starterUnit], options),
    },
  };
}

/** It waits for servers as long as it takes: nobody waits for it. */
function runStep(starter: Starter): PlanStep {
  const { host, unit } = starter;
  const words = ['start', '--no-block', starterUnit];
  return {
    title: t('Run it now, for the pools that are not active'),
    host: host.shell,
    commands: [{ argv: typed(unit.file, ['systemctl', ...words]) }],
    run: (options) => systemctl(starter, words, options),
  };
}

function checkEnabledStep({ host, unit }: Starter): PlanStep {
  return {
    title: t('Check that {0} is enabled', starterUnit),
    host: host.shell,
    commands: [{ argv: typed(unit.file, ['systemctl', 'is-enabled', starterUnit]) }],
    run: async (options) => {
      if ((await readStarterState(host.transport, options)).isWhole) return;
      throw new PoolStarterProblem(
        'not-enabled',
        t('{0} is not enabled on {1}, or not as it was written.', starterUnit, host.name),
      );
    },
  };
}

function checkGoneStep({ host }: Starter): PlanStep {
  return {
    title: t('Check that {0} is gone', starterUnit),
    host: host.shell,
    commands: [{ argv: ['test', '!', '-e', starterUnitPath] }],
    run: async (options) => {
      if (!(await readStarterState(host.transport, options)).isThere) return;
      throw new PoolStarterProblem('still-there', t('{0} is still there.', starterUnitPath));
    },
  };
}

async function systemctl(
  { host, unit }: Starter,
  words: readonly string[],
  options: WaitOptions,
): Promise<void> {
  const argv: Command = ['systemctl', ...words];
  const { viaSudo } = unit.file;
  const { exitCode, stderr } = await host.transport.exec(viaSudo ? ['sudo', '-n', ...argv] : argv, {
    timeoutMs,
    ...options,
  });
  if (exitCode === 0) return;
  throw new PoolStarterProblem(
    'systemctl-failed',
    t('systemctl {0} failed on {1}.', words.join(' '), host.name),
    {
      raw: stderr,
      advice: t('Run this there, then run the plan again: {0}', quoteArgv(typed(unit.file, argv))),
    },
  );
}

function typed({ viaSudo }: HostFile, argv: readonly string[]): readonly string[] {
  return viaSudo ? ['sudo', ...argv] : argv;
}
