import assert from 'node:assert/strict';
import { parseCpuSet } from '../../../../src/rules/domain/cpuSets.ts';
import { domainText } from '../domainText.ts';
import { fixed, found, foundOnce, titles } from '../samples.ts';

describe('vcpu-current-above-maximum', () => {
  const id = 'vcpu-current-above-maximum';
  const text = domainText({ vcpu: `<vcpu current='4'>2</vcpu>` });

  it('finds more at the start than there may be, and offers either number', () => {
    assert.equal(foundOnce(id, text).at, '4');
    assert.ok(fixed(id, text).includes(`<vcpu current='4'>4</vcpu>`));
    assert.ok(fixed(id, text, undefined, 'Start with 2').includes(`<vcpu current='2'>2</vcpu>`));
  });

  it('accepts as many and less, and what is no number', () => {
    for (const vcpu of [
      `<vcpu current='2'>2</vcpu>`,
      `<vcpu>2</vcpu>`,
      `<vcpu current='x'>2</vcpu>`,
      `<vcpu current='4'/>`,
    ]) {
      assert.deepEqual(found(id, domainText({ vcpu })), [], vcpu);
    }
  });
});

describe('cpu-topology-mismatch', () => {
  const id = 'cpu-topology-mismatch';
  const withTopology = (topology: string, vcpu = '<vcpu>4</vcpu>'): string =>
    domainText({ vcpu, beforeDevices: `<cpu><topology ${topology}/></cpu>` });

  it('finds another number of CPUs, and offers to change either', () => {
    const text = withTopology(`sockets='1' cores='1' threads='2'`);
    assert.equal(
      foundOnce(id, text).message,
      'The topology has 2 CPUs, <vcpu> says 4: libvirt refuses the definition.',
    );
    assert.ok(fixed(id, text).includes('<vcpu>2</vcpu>'));
    assert.ok(fixed(id, text, undefined, 'Write sockets="2"').includes(`sockets='2' cores='1'`));
  });

  it('offers no sockets where they do not come out even', () => {
    const text = withTopology(`sockets='1' cores='3' threads='1'`);
    assert.deepEqual(titles(foundOnce(id, text).fixes), ['Give the domain 3 CPUs']);
  });

  it('writes <vcpu> where there is none, and lowers what the domain starts with', () => {
    assert.ok(fixed(id, withTopology(`sockets='2' cores='1' threads='1'`, '')).includes('<vcpu>2</vcpu>'));
    const lowered = withTopology(`sockets='2' cores='1' threads='1'`, `<vcpu current='3'>4</vcpu>`);
    assert.ok(fixed(id, lowered).includes(`<vcpu current='2'>2</vcpu>`));
  });

  it('counts dies and clusters, and accepts what comes out even', () => {
    for (const topology of [
      `sockets='1' cores='2' threads='2'`,
      `sockets='1' dies='2' cores='2' threads='1'`,
      `sockets='1' dies='1' clusters='2' cores='1' threads='2'`,
      `sockets='x' cores='2' threads='1'`,
      `cores='2' threads='1'`,
    ]) {
      assert.deepEqual(found(id, withTopology(topology)), [], topology);
    }
  });
});

describe('numa-cpus', () => {
  const id = 'numa-cpus';
  const withCells = (...cpus: readonly string[]): string =>
    domainText({
      vcpu: '<vcpu>4</vcpu>',
      beforeDevices: `<cpu><numa>${cpus
        .map((set, index) => `<cell id='${index}' cpus='${set}' memory='32' unit='MiB'/>`)
        .join('')}</numa></cpu>`,
    });

  it('finds a CPU in two cells', () => {
    const finding = foundOnce(id, withCells('0-2', '2,3'));
    assert.equal(finding.at, '2,3');
    assert.equal(finding.message, 'CPU 2 is in cell 0 already: libvirt refuses the definition.');
  });

  it('finds a CPU that the domain does not have', () => {
    assert.equal(
      foundOnce(id, withCells('0-4')).message,
      'There is no CPU 4: the domain has 4, counted from 0.',
    );
  });

  it('accepts sets that share nothing, and leaves others to the schema', () => {
    assert.deepEqual(found(id, withCells('0-3,^2', '2')), []);
    assert.deepEqual(found(id, withCells('all', '9-1')), []);
  });
});

describe('parseCpuSet', () => {
  it('reads numbers, ranges and what is left out', () => {
    assert.deepEqual([...(parseCpuSet('0-3,^2, 7') ?? [])], [0, 1, 3, 7]);
  });

  it('takes nothing else, and nothing huge', () => {
    for (const text of ['', 'a', '1-', '3-1', '^1-2', '0-99999', '1,,2']) {
      assert.equal(parseCpuSet(text), undefined, text);
    }
  });
});
