import assert from 'node:assert/strict';
import { domainText } from '../domainText.ts';
import { fixed, found, foundOnce, titles } from '../samples.ts';

const sized = (memory: string): string => domainText({ memory });

describe('tiny-memory', () => {
  const id = 'tiny-memory';

  it('finds a size whose unit was forgotten, and offers what may be meant', () => {
    const finding = foundOnce(id, sized('<memory>4</memory>'));
    assert.equal(finding.at, '4');
    assert.equal(finding.message, 'Without a unit these are KiB: 4 KiB in all, too little for any guest.');
    assert.deepEqual(titles(finding.fixes), ['Make it 4 GiB *', 'Make it 4 MiB']);
    assert.ok(fixed(id, sized('<memory>4</memory>')).includes(`<memory unit='GiB'>4</memory>`));
    assert.deepEqual(titles(foundOnce(id, sized('<memory>2048</memory>')).fixes), ['Make it 2048 MiB *']);
  });

  it('finds that of <currentMemory>, and a unit that is too small', () => {
    const text = sized(`<memory unit='GiB'>4</memory><currentMemory>4</currentMemory>`);
    assert.ok(fixed(id, text).includes(`<currentMemory unit='GiB'>4</currentMemory>`));
    assert.match(foundOnce(id, sized(`<memory unit='KiB'>512</memory>`)).message, /^These are 512 KiB/);
  });

  it('accepts what a guest can have, and what is no size', () => {
    for (const memory of [
      '<memory>65536</memory>',
      `<memory unit='MiB'>1</memory>`,
      `<memory unit='b'>1073741824</memory>`,
      '<memory>0</memory>',
      '<memory>much</memory>',
      `<memory unit='x'>4</memory>`,
      '<memory/>',
      '<memory>4',
    ]) {
      assert.deepEqual(found(id, sized(memory)), [], memory);
    }
    assert.deepEqual(found(id, domainText({ type: 'test', memory: '<memory>4</memory>' })), []);
  });
});

describe('current-memory-above-memory', () => {
  const id = 'current-memory-above-memory';
  const text = sized(`<memory unit='MiB'>512</memory><currentMemory unit='GiB'>1</currentMemory>`);

  it('compares across units, and offers either size', () => {
    const finding = foundOnce(id, text);
    assert.equal(finding.message, '1 GiB is more than <memory> (512 MiB): libvirt lowers it to that.');
    assert.deepEqual(titles(finding.fixes), ['Raise <memory> to 1 GiB', 'Lower <currentMemory> to 512 MiB']);
    assert.ok(fixed(id, text).includes(`<memory unit='GiB'>1</memory>`));
    assert.ok(
      fixed(id, text, undefined, 'Lower <currentMemory> to 512 MiB').includes(
        `<currentMemory unit='MiB'>512</currentMemory>`,
      ),
    );
  });

  it('writes the unit that was left out', () => {
    const kib = sized(`<memory unit='MiB'>512</memory><currentMemory>1048576</currentMemory>`);
    assert.ok(fixed(id, kib).includes(`<memory unit='KiB'>1048576</memory>`));
  });

  it('accepts less and the same, and domains whose memory is that of NUMA cells', () => {
    for (const memory of [
      `<memory unit='GiB'>1</memory><currentMemory unit='MiB'>1024</currentMemory>`,
      `<memory unit='GiB'>1</memory><currentMemory unit='MiB'>512</currentMemory>`,
      `<memory unit='GiB'>1</memory>`,
      `<currentMemory unit='GiB'>1</currentMemory>`,
    ]) {
      assert.deepEqual(found(id, sized(memory)), [], memory);
    }
    const cpu = `<cpu><numa><cell id='0' cpus='0' memory='1' unit='GiB'/></numa></cpu>`;
    assert.deepEqual(found(id, text.replace('  <devices>', `  ${cpu}\n  <devices>`)), []);
  });
});

describe('numa-memory-mismatch', () => {
  const id = 'numa-memory-mismatch';
  const cells = (memory: string, inCpu = ''): string =>
    domainText({
      memory,
      vcpu: '<vcpu>2</vcpu>',
      beforeDevices: `<cpu>${inCpu}<numa><cell id='0' cpus='0' memory='512' unit='MiB'/><cell id='1' cpus='1' memory='524288'/></numa></cpu>`,
    });

  it('finds another sum, and writes it', () => {
    assert.match(
      foundOnce(id, cells(`<memory unit='GiB'>2</memory>`)).message,
      /^The NUMA cells have 1 GiB in all, not 2 GiB/,
    );
    assert.ok(
      fixed(id, cells(`<memory unit='GiB'>2</memory>`)).includes(`<memory unit='KiB'>1048576</memory>`),
    );
  });

  it('accepts the sum, and leaves hotplug alone', () => {
    assert.deepEqual(found(id, cells(`<memory unit='GiB'>1</memory>`)), []);
    assert.deepEqual(
      found(id, cells(`<maxMemory slots='4' unit='GiB'>8</maxMemory><memory unit='GiB'>2</memory>`)),
      [],
    );
    assert.deepEqual(found(id, cells(`<memory unit='GiB'>2</memory>`).replace(`memory='512'`, '')), []);
    assert.deepEqual(found(id, sized(`<memory unit='GiB'>2</memory>`)), []);
  });
});
