import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlanStep } from '../../../../src/operations/plan/plan.ts';
import { planScript } from '../../../../src/operations/plan/planScript.ts';
import type { ShellCommand, ShellHost } from '../../../../src/operations/plan/shell.ts';

const here: ShellHost = { name: 'here', ssh: undefined };
const there: ShellHost = { name: 'there', ssh: 'root@there' };
const hostile = [
  '-rf',
  '../x',
  "it's",
  '"two"',
  '$(touch made)',
  '`touch made`',
  'a b%s\\n',
  '漢字 🙂',
  'EOF',
  'line\nEOF\n$(touch made)',
];

describe('a plan as a script', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plan-'));
    // As ssh does: the last word is a line for the shell over there, and with -n there is no input.
    const ssh = `#!/bin/sh\nif [ "$1" = -n ]; then shift; exec </dev/null; fi\n[ "$1" = -- ] || exit 9\necho "$2" >>'${folder}/hosts'\nexec sh -c "$3"\n`;
    writeFileSync(join(folder, 'ssh'), ssh, { mode: 0o755 });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function step(commands: readonly ShellCommand[], host: ShellHost, title = 'A step'): PlanStep {
    return { title, host, commands, run: () => Promise.resolve() };
  }

  function run(...steps: readonly PlanStep[]): { readonly status: number | null; readonly stdout: string } {
    // With all on one host, there would be no ssh.
    const elsewhere = step([], { name: 'elsewhere', ssh: 'elsewhere' });
    const { text } = planScript({ title: 'A plan', remarks: [], steps: [...steps, elsewhere] });
    return spawnSync('sh', [], {
      cwd: folder,
      input: text,
      encoding: 'utf8',
      env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    });
  }

  for (const host of [here, there]) {
    it(`gives every argument as it is, ${host.name}`, () => {
      const { status, stdout } = run(step([{ argv: ['printf', '%s\\0', ...hostile] }], host));
      assert.equal(status, 0);
      assert.deepEqual(stdout.split('\0').slice(0, -1), hostile);
      assert.ok(!readdirSync(folder).includes('made'));
    });

    it(`gives every input as it is, ${host.name}`, () => {
      for (const text of hostile) {
        const input = { kind: 'text', text } as const;
        assert.equal(run(step([{ argv: ['cat'], input }], host)).stdout, `${text}\n`);
        assert.equal(run(step([{ argv: ['cat', '/dev/stdin'], input }], host)).stdout, `${text}\n`);
      }
    });

    it(`writes output into the file that is named, ${host.name}`, () => {
      const output = join(folder, "a $(id)'s file");
      assert.equal(run(step([{ argv: ['printf', 'x'], output }], host)).status, 0);
      assert.equal(readFileSync(output, 'utf8'), 'x');
    });
  }

  it('that does all on one host is to be run there, without ssh', () => {
    const input = { kind: 'program', argv: ['printf', '%s', 'the key'], on: there } as const;
    const steps = [step([{ argv: ['cat'], input }], there), step([{ argv: ['echo', 'next'] }], there)];
    const { text } = planScript({ title: 'A plan', remarks: [], steps });
    assert.match(text, /^# To be run on there\.$/m);
    const { stdout } = spawnSync('sh', [], { cwd: folder, input: text, encoding: 'utf8' });
    assert.equal(stdout, 'the keynext\n');
    assert.ok(!text.includes('ssh'));
  });

  it('pipes what a program on one host prints to one on another', () => {
    const input = { kind: 'program', argv: ['printf', '%s\\n', "the $key 'x'"], on: there } as const;
    const { stdout } = run(step([{ argv: ['cat', '/dev/stdin'], input }], here));
    assert.equal(stdout, "the $key 'x'\n");
    assert.equal(readFileSync(join(folder, 'hosts'), 'utf8'), 'root@there\n');
  });

  it('stops at the first command that fails, also one whose output is another’s input', () => {
    const after = step([{ argv: ['touch', 'after'] }], here);
    assert.notEqual(run(step([{ argv: ['false'] }], there), after).status, 0);
    const failing = { argv: ['cat'], input: { kind: 'program', argv: ['false'], on: there } } as const;
    assert.notEqual(run(step([failing], here), after).status, 0);
    assert.ok(!readdirSync(folder).includes('after'));
  });

  it('goes on after a program that would read the rest of it', () => {
    const { stdout } = run(step([{ argv: ['cat'] }], there), step([{ argv: ['echo', 'next'] }], here));
    assert.equal(stdout, 'next\n');
  });

  it('keeps titles and remarks within comments, and knows the line of each step', () => {
    const title = 'Do it\ntouch made\r\u2028touch made';
    const plan = {
      title,
      remarks: ['One\ntouch made'],
      steps: [step([], here, title), step([], there, title)],
    };
    const { text, stepLines } = planScript(plan);
    spawnSync('sh', [], { cwd: folder, input: text });
    assert.ok(!readdirSync(folder).includes('made'));
    const lines = text.split('\n');
    assert.deepEqual(
      stepLines.map((line) => lines[line]),
      ['# 1. Do it', '# 2. Do it'],
    );
  });
});
