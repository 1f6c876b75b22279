import assert from 'node:assert/strict';
import { checkUpReport, explanationReport } from '../../../src/doctor/report.ts';
import { pageText } from '../../../src/doctor/pageText.ts';
import type { Failure } from '../../../src/doctor/failure.ts';
import type { Finding } from '../../../src/doctor/finding.ts';

const failure: Failure = {
  id: 'pool-asleep',
  symptoms: [{ example: "storage pool 'vms' is not active", pattern: /is not active/ }],
  page: () => ({
    title: 'A pool sleeps',
    summary: 'It is not active.',
    why: ['Ceph came late.', 'libvirt does not try again.'],
    looks: ['Whether it is active.'],
    cures: ['Start it.'],
    byHand: ['virsh pool-start vms'],
    links: [{ title: 'virsh', url: 'https://libvirt.org/manpages/virsh.html' }],
  }),
};

function finding(host: string, severity: Finding['severity'], more: Partial<Finding> = {}): Finding {
  return {
    failure: failure.id,
    severity,
    about: { kind: 'host', host },
    title: `${host} is not well`,
    explanation: ['Because.'],
    evidence: [],
    remedies: [],
    ...more,
  };
}

const words = { title: 'Check-up of kvm1', where: ['kvm1'], known: 7, at: new Date(0) };

describe('the report of a check-up', () => {
  it('tells the worst first, each with what was seen and what helps', () => {
    const remedy = {
      kind: 'command',
      title: 'Start it',
      command: 'x',
      on: { kind: 'host', host: 'b' },
    } as const;
    const { text, findings } = checkUpReport(
      {
        findings: [
          finding('b', 'error', { evidence: ['inactive'], remedies: [remedy] }),
          finding('a', 'information'),
        ],
        notExamined: [{ failure, where: 'kvm1', reason: 'no answer' }],
        absent: [{ host: 'kvm9', reason: 'It is not connected.' }],
      },
      words,
    );
    assert.match(text, /^# Check-up of kvm1\n\nErrors: 1, warnings: 0, notes: 1\.\n/);
    assert.match(
      text,
      /## Errors\n\n### b is not well\n\nBecause\.\n\n\*\*Seen\*\*\n\n```text\ninactive\n```\n\n\*\*What helps\*\*\n\n- Start it\n/,
    );
    assert.match(text, /## Notes\n\n### a is not well/);
    assert.match(text, /- kvm1, A pool sleeps: no answer\n/);
    assert.match(text, /- kvm9: It is not connected\.\n/);
    const lines = text.split('\n');
    assert.deepEqual(
      findings.map(({ line, remedyLines }) => [line, ...remedyLines].map((at) => lines[at])),
      [['### b is not well', '- Start it'], ['### a is not well']],
    );
  });

  it('says that nothing is wrong, and how much was looked for', () => {
    const { text } = checkUpReport({ findings: [], notExamined: [], absent: [] }, words);
    assert.match(text, /Nothing is wrong that is known\.\n\n7 known failures were looked for on kvm1/);
  });

  it('shows names and outputs as they are, whatever they hold', () => {
    const evil = 'a\n# b [x](command:y) `z` <img>';
    const { text } = checkUpReport(
      {
        findings: [finding(evil, 'error', { evidence: ['```', 'out of the block?'] })],
        notExamined: [],
        absent: [],
      },
      words,
    );
    assert.ok(text.includes('### a # b \\[x](command:y) \\`z\\` \\<img> is not well'));
    assert.ok(text.includes('````text\n```\nout of the block?\n````'));
  });
});

describe('the explanation of an error', () => {
  it('tells what it looks like where nothing could be shown', () => {
    const { text, suspected } = explanationReport(
      { findings: [], suspected: [failure], notExamined: [] },
      { message: 'vms does not start', said: 'storage pool is not active' },
    );
    assert.match(text, /^# What this means\n\nvms does not start\n/);
    assert.match(text, /## What was said\n\n```text\nstorage pool is not active\n```\n$/);
    assert.match(text, /could not be shown\.\n\n### A pool sleeps\n\nIt is not active\.\n\nCeph came late\./);
    assert.deepEqual(
      suspected.map(({ line }) => text.split('\n')[line]),
      ['### A pool sleeps'],
    );
  });

  it('tells only what was found where something was', () => {
    const { text } = explanationReport(
      { findings: [finding('kvm1', 'error')], suspected: [failure], notExamined: [] },
      { message: 'x', said: 'x' },
    );
    assert.match(text, /### kvm1 is not well/);
    assert.doesNotMatch(text, /A pool sleeps/);
  });
});

describe('the page of a failure', () => {
  it('has what it shows as, why, and what to do', () => {
    assert.equal(
      pageText(failure),
      [
        '# A pool sleeps',
        '',
        'It is not active.',
        '',
        '## How it shows',
        '',
        '```text',
        "storage pool 'vms' is not active",
        '```',
        '',
        '## Why',
        '',
        'Ceph came late.',
        '',
        'libvirt does not try again.',
        '',
        '## What the doctor looks at',
        '',
        '- Whether it is active.',
        '',
        '## What it offers',
        '',
        '- Start it.',
        '',
        '## By hand',
        '',
        '```sh',
        'virsh pool-start vms',
        '```',
        '',
        '## Read more',
        '',
        '- [virsh](https://libvirt.org/manpages/virsh.html)',
        '',
      ].join('\n'),
    );
  });
});
